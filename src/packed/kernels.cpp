#include "packed/kernels.h"

namespace mynah::packed {

extern const Kernels kPlainKernels;
#ifdef MYNAH_X86_KERNELS
extern const Kernels kAvx2Kernels, kAvx2VnniKernels, kAvx512VnniKernels;
#endif

KernelList supported_kernels() {
  KernelList list{};
#ifdef MYNAH_X86_KERNELS
  const bool avx2 = __builtin_cpu_supports("x86-64-v3") > 0;
  if (__builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512vnni"))
    list.variants[list.count++] = &kAvx512VnniKernels;
  if (avx2 && __builtin_cpu_supports("avxvnni")) list.variants[list.count++] = &kAvx2VnniKernels;
  if (avx2) list.variants[list.count++] = &kAvx2Kernels;
#endif
  list.variants[list.count++] = &kPlainKernels;
  return list;
}

}  // namespace mynah::packed
