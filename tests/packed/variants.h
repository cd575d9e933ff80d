// Every variant of the kernels that this machine runs, for tests that hold for each.
#pragma once
#include <gtest/gtest.h>

#include <functional>

#include "packed/kernels.h"

namespace mynah::packed {

inline void for_each_variant(const std::function<void(const Kernels&)>& check) {
  const KernelList list = supported_kernels();
  for (int i = 0; i < list.count; ++i) {
    SCOPED_TRACE(list.variants[i]->name);
    check(*list.variants[i]);
  }
}

}  // namespace mynah::packed
