/* What the exit code says. Whether a command was refused or failed is said by its answer, not by the code. */
#ifndef HEAPWARDEN_EXIT_CODES_H
#define HEAPWARDEN_EXIT_CODES_H

enum { EXIT_ANSWERED = 0, EXIT_USAGE = 2, EXIT_NOT_WRITTEN = 3 };

#endif
