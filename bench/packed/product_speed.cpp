// How near the packed engine's int8 products come to what the machine can do: multiply-accumulates against the rate of the VNNI
// instruction alone, and, at one row, bytes against plain reading of as many. Machine and kernel are measured in turn.
//   product_speed [ROUNDS]
// Exits with 1 when a product of 64 rows or more falls below half of the peak: compilers spill sums after harmless edits.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "packed/arena.h"
#include "packed/packing.h"

namespace {

using namespace mynah;
using namespace mynah::packed;
using Size = std::ptrdiff_t;

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) + 1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
}

/// Seconds of one call, from as many as take a hundredth of a second.
double seconds_of(const std::function<void()>& call) {
  for (int calls = 1;; calls *= 2) {
    const double before = cpu_seconds();
    for (int i = 0; i < calls; ++i) call();
    const double seconds = cpu_seconds() - before;
    if (seconds > 0.01) return seconds / calls;
  }
}

/// 10,000 × 24 instructions of 16 × 4 products that wait for nothing; 0 where the machine has none.
constexpr double kPeakProducts = 10000.0 * 24 * 64;
void vnni_peak() {
#if defined(__x86_64__)
  asm volatile(
      "mov $10000, %%ecx\n"
      "1:\n"
      ".irp sum,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
      "vpdpbusd %%zmm0, %%zmm1, %%zmm\\sum\n"
      ".endr\n"
      "dec %%ecx\n"
      "jnz 1b\n"
      "vzeroupper\n" ::
          : "ecx", "cc", "xmm0", "xmm1", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
#endif
}

/// Reads memory a cache line at a time.
void read_all(const std::byte* bytes, std::size_t count) {
#if defined(__x86_64__)
  asm volatile(
      "1:\n"
      "vmovdqu (%0), %%ymm0\n vmovdqu 32(%0), %%ymm1\n vmovdqu 64(%0), %%ymm2\n vmovdqu 96(%0), %%ymm3\n"
      "vmovdqu 128(%0), %%ymm4\n vmovdqu 160(%0), %%ymm5\n vmovdqu 192(%0), %%ymm6\n vmovdqu 224(%0), %%ymm7\n"
      "add $256, %0\n"
      "sub $256, %1\n"
      "jg 1b\n"
      "vzeroupper\n"
      : "+r"(bytes), "+r"(count)::"cc", "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7");
#endif
}

struct Product {
  Product(Size depth, Size columns, Size rows_in) : rows(rows_in) {
    Random random(1);
    Dense dense{columns, depth, std::vector<float>(static_cast<std::size_t>(columns * depth)),
                std::vector<float>(static_cast<std::size_t>(columns))};
    for (float& value : dense.values) value = static_cast<float>(random.uniform() - 0.5);
    pack_matrix(dense, Precision::int8, "matrix", packed);
    matrix = matrix_named(packed, "matrix");
    words = {arena.take<std::byte>(rows * depth), depth, arena.take<float>(rows)};
    output = {arena.take<float>(rows * matrix.columns), matrix.columns};
    best.resize(static_cast<std::size_t>(8 * rows));
    results.resize(static_cast<std::size_t>(rows));
  }
  void linear(const Kernels& kernels) const { kernels.linear[0]({words, rows, &matrix, output}); }
  void logits(const Kernels& kernels) {
    for (std::size_t row = 0; row < results.size(); ++row) {
      results[row] = {.best = &best[8 * row], .best_count = 8};
    }
    kernels.output[0]({words, rows, &matrix, results.data()});
  }

  Size rows;
  model::Weights packed;
  Matrix matrix;
  Arena arena;
  WordRows words;
  FloatRows output;
  std::vector<ScoredToken> best;
  std::vector<OutputRow> results;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// The share of the peak.
double measure(const Kernels& kernels, Size depth, Size columns, Size rows, bool output, int rounds) {
  Product product(depth, columns, rows);
  const auto bytes = static_cast<std::size_t>(depth * columns);
  const std::byte* panels = product.matrix.panels;
  std::vector<double> seconds, of_peak, of_reading;
  for (int round = 0; round < rounds; ++round) {
    const double peak = kPeakProducts / seconds_of(vnni_peak);
    const double reading = static_cast<double>(bytes) / seconds_of([&] { read_all(panels, bytes); });
    seconds.push_back(seconds_of([&] { output ? product.logits(kernels) : product.linear(kernels); }));
    of_peak.push_back(static_cast<double>(depth * columns * rows) / seconds.back() / peak);
    of_reading.push_back(static_cast<double>(bytes) / seconds.back() / reading);
  }
  std::printf("%-12s %5td x %5td %4td rows %s %9.1f us %7.1f GMAC/s %4.0f %% of peak, %6.1f GB/s %4.0f %% of reading\n",
              kernels.name, depth, columns, rows, output ? "output" : "linear", 1e6 * median(seconds),
              1e-9 * static_cast<double>(depth * columns * rows) / median(seconds), 100 * median(of_peak),
              1e-9 * static_cast<double>(bytes) / median(seconds), 100 * median(of_reading));
  std::fflush(stdout);
  return median(of_peak);
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::atoi(arguments[1]) : 5;
  const Kernels& kernels = *supported_kernels().variants[0];
  if (std::string_view(kernels.name) != "avx512_vnni") {
    std::printf("this machine has no AVX-512 VNNI, whose peak is the measure\n");
    return 0;
  }
  constexpr Size kShapes[][2] = {{512, 512}, {512, 1536}, {512, 2048}, {2048, 512},
                                 {256, 256}, {256, 768},  {256, 1024}, {1024, 256}};
  double least = 1;
  for (const Size rows : {1, 4, 16, 64, 256}) {
    const auto take = [&](double share) { least = rows >= 64 ? std::min(least, share) : least; };
    for (const auto& [depth, columns] : kShapes) take(measure(kernels, depth, columns, rows, false, rounds));
    take(measure(kernels, 512, 32000, rows, true, rounds));
    take(measure(kernels, 256, 16000, rows, true, rounds));
  }
  return least < 0.5 ? 1 : 0;
}
