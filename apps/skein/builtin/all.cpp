#include "apps/skein/builtin/builtin.hpp"
#include "skein/builtin_plugins.hpp"

namespace skein::tool {

PluginSources builtin_sources() { return builtin_plugins(); }

}  // namespace skein::tool
