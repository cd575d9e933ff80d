// What the machine offers: cores, and arithmetic in bfloat16 where it has it; weights, gradients and sums stay float32.
#pragma once
#include <c10/core/Device.h>

namespace mynah::training {

/// The cores this process may use.
int available_cores();

/// Whether matrix products in bfloat16 are instructions of the device rather than an emulation (2 to 5 times slower than
/// float32).
bool has_bfloat16(c10::Device device);

/// While it lives, and when `wanted`, matrix products of this thread's forward passes are in bfloat16.
class Bfloat16 {
 public:
  Bfloat16(bool wanted, c10::DeviceType device);
  ~Bfloat16();
  Bfloat16(const Bfloat16&) = delete;
  Bfloat16& operator=(const Bfloat16&) = delete;

 private:
  bool wanted_;
  c10::DeviceType device_;
};

}  // namespace mynah::training
