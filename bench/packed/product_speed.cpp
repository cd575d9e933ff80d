// How near the packed engine's products come to what the machine can do: multiply-accumulates against the rate of the instruction
// alone (VNNI for int8, FMA for float32), and, at one row, bytes against plain reading of as many. Machine and kernel are
// measured in turn. Layers are to reach 75 % of the peak at 64 rows and more, the output layer with its tail 55 %, one row 75 %
// of reading.
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

/// 10,000 × 24 instructions of 16 words each that wait for nothing.
constexpr double kPeakWords = 10000.0 * 24 * 16;
#define MYNAH_PEAK(instruction)                                                                                             \
  asm volatile(                                                                                                             \
      "mov $10000, %%ecx\n1:\n.irp sum,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n" instruction \
      " %%zmm0, %%zmm1, %%zmm\\sum\n.endr\ndec %%ecx\njnz 1b\nvzeroupper\n" ::                                              \
          : "ecx", "cc", "xmm0", "xmm1", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15")
void peak(Precision precision) {
#if defined(__x86_64__)
  if (precision == Precision::int8) {
    MYNAH_PEAK("vpdpbusd");
  } else {
    asm volatile("vzeroall" ::: "xmm0", "xmm1", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
    MYNAH_PEAK("vfmadd231ps");
  }
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

/// [rows, depth] times [depth, columns], as a layer or as the output layer.
struct Shape {
  Precision precision;
  Size depth, columns, rows;
  bool output;

  Size word_elements() const { return precision == Precision::int8 ? 4 : 1; }
  double products() const { return static_cast<double>(depth * columns * rows); }
  std::size_t bytes() const { return static_cast<std::size_t>(depth * columns * kWordBytes / word_elements()); }
};

class Product {
 public:
  Product(const Kernels& kernels, const Shape& shape) : kernels_(kernels), rows_(shape.rows) {
    Random random(1);
    Dense dense{shape.columns, shape.depth, std::vector<float>(static_cast<std::size_t>(shape.columns * shape.depth)),
                std::vector<float>(static_cast<std::size_t>(shape.columns))};
    for (float& value : dense.values) value = static_cast<float>(random.uniform() - 0.5);
    pack_matrix(dense, shape.precision, "matrix", packed_);
    matrix = matrix_named(packed_, "matrix");
    const Size step = matrix.words * kWordBytes + kStagger, columns = matrix.columns + kStagger / 4;  // as token_rows has them
    words_ = {arena_.take<std::byte>(rows_ * step), step, arena_.take<float>(rows_)};
    output_ = {arena_.take<float>(rows_ * columns), columns};
    best_.resize(static_cast<std::size_t>(8 * rows_));
    results_.resize(static_cast<std::size_t>(rows_));
  }
  void layer() const { kernels_.linear[precision()]({words_, rows_, &matrix, output_}); }
  void logits() {
    for (std::size_t row = 0; row < results_.size(); ++row) {
      results_[row] = {.best = &best_[8 * row], .best_count = 8};
    }
    kernels_.output[precision()]({words_, rows_, &matrix, nullptr, results_.data()});
  }

  Matrix matrix;

 private:
  std::size_t precision() const { return static_cast<std::size_t>(matrix.precision); }

  const Kernels& kernels_;
  Size rows_;
  model::Weights packed_;
  Arena arena_;
  WordRows words_;
  FloatRows output_;
  std::vector<ScoredToken> best_;
  std::vector<OutputRow> results_;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// Prints a line and returns the share of the peak.
double measure(const Kernels& kernels, const Shape& shape, int rounds) {
  Product product(kernels, shape);
  std::vector<double> seconds, of_peak, of_reading;
  for (int round = 0; round < rounds; ++round) {
    const double most = kPeakWords * static_cast<double>(shape.word_elements()) / seconds_of([&] { peak(shape.precision); });
    const double reading = seconds_of([&] { read_all(product.matrix.panels, shape.bytes()); });
    seconds.push_back(seconds_of([&] { shape.output ? product.logits() : product.layer(); }));
    of_peak.push_back(shape.products() / seconds.back() / most);
    of_reading.push_back(reading / seconds.back());
  }
  const bool many = shape.rows >= 64;
  const double found = median(many ? of_peak : of_reading), asked = many && shape.output ? 0.55 : 0.75;
  std::printf("%-7s %-6s %5td x %5td %4td rows %9.1f us %7.1f GMAC/s %3.0f %% of peak, %6.1f GB/s %3.0f %% of reading%s\n",
              shape.precision == Precision::int8 ? "int8" : "float32", shape.output ? "output" : "layer", shape.depth,
              shape.columns, shape.rows, 1e6 * median(seconds), 1e-9 * shape.products() / median(seconds), 100 * median(of_peak),
              1e-9 * static_cast<double>(shape.bytes()) / median(seconds), 100 * median(of_reading),
              (many || shape.rows == 1) && found < asked ? "  BELOW WHAT IS ASKED FOR" : "");
  std::fflush(stdout);
  return median(of_peak);
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::atoi(arguments[1]) : 5;
  const Kernels& kernels = *supported_kernels().variants[0];
  if (!std::string_view(kernels.name).starts_with("avx512")) {
    std::printf("this machine has no AVX-512 VNNI, whose peak is the measure\n");
    return 0;
  }
  constexpr Size kSizes[][2] = {{512, 512}, {512, 1536}, {512, 2048}, {2048, 512},
                                {256, 256}, {256, 768},  {256, 1024}, {1024, 256}};
  double least = 1;
  for (const Precision precision : {Precision::int8, Precision::float32}) {
    for (const Size rows : {1, 4, 16, 64, 256}) {
      std::vector<Shape> shapes;
      for (const auto& [depth, columns] : kSizes) shapes.push_back({precision, depth, columns, rows, false});
      shapes.push_back({precision, 512, 32000, rows, true});
      shapes.push_back({precision, 256, 16000, rows, true});
      for (const Shape& shape : shapes) {
        const double share = measure(kernels, shape, rounds);
        if (rows >= 64) least = std::min(least, share);
      }
    }
  }
  std::printf("least share of the peak at 64 rows and more: %.0f %%%s\n", 100 * least,
              least < 0.5 ? ": a kernel is slower than half of what the machine can do" : "");
  return least < 0.5 ? 1 : 0;
}
