package io.heapwarden.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a program of the corpus is. */
enum Kind {
    /** Its memory grows until it runs out. */
    @JsonProperty("leak")
    Leak,
    /** Its memory grows for a while and is bounded. */
    @JsonProperty("lookalike")
    LookAlike,
    /** Something else is wrong, which a restart does not mend. */
    @JsonProperty("other")
    Other
}
