#include "nn/kernels.h"

namespace mynah::nn {

extern const Kernels kBaselineKernels;
#ifdef MYNAH_X86_KERNELS
extern const Kernels kAvx2Kernels, kAvx512Kernels;
extern const Products kBfloat16Products;
#endif

KernelList supported_kernels() {
  KernelList list{};
#ifdef MYNAH_X86_KERNELS
  if (__builtin_cpu_supports("x86-64-v4")) list.variants[list.count++] = &kAvx512Kernels;
  if (__builtin_cpu_supports("x86-64-v3")) list.variants[list.count++] = &kAvx2Kernels;
#endif
  list.variants[list.count++] = &kBaselineKernels;
  return list;
}

namespace {
const Kernels* chosen_kernels = supported_kernels().variants[0];
}

const Kernels& kernels() { return *chosen_kernels; }

const Products* bfloat16_products() {
#ifdef MYNAH_X86_KERNELS
  if (__builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512bf16")) return &kBfloat16Products;
#endif
  return nullptr;
}

void choose_kernels(const Kernels* chosen) { chosen_kernels = chosen ? chosen : supported_kernels().variants[0]; }

}  // namespace mynah::nn
