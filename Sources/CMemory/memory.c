#include "CMemory.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// Linux 5.14; older kernels refuse it, and all is as before.
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

// What a start uses of the heap, until the first frame stands.
#define HEAP_AT_START (704 << 10)

static void populate(const char *from, const char *to)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t first = (uintptr_t)from & ~(page - 1), last = ((uintptr_t)to + page - 1) & ~(page - 1);
    if (last > first) madvise((void *)first, last - first, MADV_POPULATE_WRITE);
}

/// The first frame needs some hundred thousand bytes of heap. To be given these pages one by one, as they are touched, takes longer
/// than to ask for them at once.
__attribute__((constructor(101))) static void begin(void)
{
    // One pool for all threads: each thread's own would hold back what the others have let go.
    mallopt(M_ARENA_MAX, 1);
    // Frames and days come and go in large pieces. Given back to the system each time, they would have to be asked for again.
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 2 << 20);
    mallopt(M_TOP_PAD, HEAP_AT_START);
    const char *before = sbrk(0);
    // Volatile, or the compiler leaves both out.
    void *volatile first = malloc(1 << 10);
    free(first);
    populate(before, sbrk(0));
    mallopt(M_TOP_PAD, 128 << 10);
}

void wxtop_give_memory_back(void) { malloc_trim(0); }
