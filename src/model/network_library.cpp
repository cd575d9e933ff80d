#include "model/network_library.h"

#include "base/error.h"

namespace mynah::model {

std::string build_identity() { return concat(MYNAH_VERSION, ", compiler ", __VERSION__, ", model of ", sizeof(Model), " bytes"); }

}  // namespace mynah::model
