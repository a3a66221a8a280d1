/* Whether a JVM can be asked without harm, judged by what is so now. */
#ifndef HEAPWARDEN_REFUSAL_H
#define HEAPWARDEN_REFUSAL_H

#include <stdint.h>

#include "ask.h"
#include "jvm.h"

struct refusal {
    const char *word; /* NULL where there is none */
    int64_t free; /* with "headroom": bytes */
};

/* Opens the JVM. The order is that of the harm. The feature version of its Java is 0 where it is not known. */
struct refusal refusal_of(const struct question *question, struct jvm *jvm, int *feature);

#endif
