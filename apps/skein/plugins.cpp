#include "apps/skein/plugins.hpp"

#include <iterator>
#include <string>
#include <vector>

#include "apps/skein/builtin/builtin.hpp"
#include "apps/skein/output.hpp"

namespace skein::tool {

Session open_session(const CommonOptions& given, Diagnostics& diagnostics) {
  Session session;
  PluginSources sources = builtin_sources();
  sources.files = given.plugins;
  sources.allow_writable_directories = given.allows_writable_directories;
  if (sources.builtin.empty()) {
    sources.directories = standard_plugin_sources().directories;
  } else if (!sources.files.empty()) {
    diagnostics.add(bad_argument("this skein has its plugins built in and loads no others",
                                 "the skein without built-in plugins", "--plugin " + sources.files.front()));
    sources.files.clear();
  }
  session.load_plugins(sources, diagnostics);
  return session;
}

}  // namespace skein::tool
