// A library of networks that another build of Mynah might have left behind.
#include "model/network_library.h"

extern "C" const mynah::model::NetworkLibrary* mynah_network_library() {
  static const mynah::model::NetworkLibrary library{"another build", nullptr, nullptr};
  return &library;
}
