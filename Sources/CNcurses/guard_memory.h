#ifndef CNCURSES_GUARD_MEMORY_H
#define CNCURSES_GUARD_MEMORY_H

// Gives back what a copied process does not need of the memory it was copied with: else each page that the program writes
// from then on exists twice. For the guard only: nearly nothing can be called behind it.
void give_memory_back(void);

#endif
