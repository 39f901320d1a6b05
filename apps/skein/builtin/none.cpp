#include "apps/skein/builtin/builtin.hpp"

namespace skein::tool {

PluginSources builtin_sources() { return {}; }

}  // namespace skein::tool
