/// What the process does with its memory, and Swift's module of the C library lacks.

#ifndef CMEMORY_H
#define CMEMORY_H

/// Gives the system back what is free. After the configuration of a thousand accounts was read, that is a good part.
void wxtop_give_memory_back(void);

#endif
