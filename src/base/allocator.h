// How the C library hands out memory while networks run.
#pragma once

namespace mynah {

/// Keeps freed memory in the process instead of giving it back to the system after every step, where the C library knows how
/// (glibc). Call once, before the first large allocation.
void tune_allocator();

}  // namespace mynah
