#include "plugin/module.hpp"

#include <cxxabi.h>
#include <dlfcn.h>

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "math/floating_point_state.hpp"
#include "plugin/descriptor_check.hpp"
#include "plugin/refusal.hpp"

namespace skein::plugin {
namespace {

constexpr const char* descriptor_symbol = "skein_plugin_descriptor";
constexpr const char* register_symbol = "skein_plugin_register";

/// Boost has no name for it: the module is mapped until the process ends, though Boost's handle does not live as long.
constexpr auto stays = static_cast<boost::dll::load_mode::type>(RTLD_NODELETE);

/// What the dynamic linker says, without the file's name, which the finding has.
std::string reason_of(const std::string& file) {
  const char* text = dlerror();
  std::string reason = text == nullptr ? "the dynamic linker does not say why" : text;
  if (reason.starts_with(file + ": ")) reason.erase(0, file.size() + 2);
  return reason;
}

/// The linker knows symbols only as the compiler writes them: "_ZN5skein3runEv" for skein::run().
std::string demangled(std::string reason) {
  const std::size_t begin = reason.find("_Z");
  if (begin == std::string::npos) return reason;
  const std::size_t end = std::min(reason.find_first_of(" ,)", begin), reason.size());
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(reason.substr(begin, end - begin).c_str(), nullptr, nullptr, &status), &std::free);
  if (name != nullptr) reason.replace(begin, end - begin, name.get());
  return reason;
}

std::string remedy_for(const std::string& reason) {
  const auto speaks_of = [&](const char* words) { return reason.find(words) != std::string::npos; };
  if (speaks_of("undefined symbol")) {
    return "link what is missing, or build the plugin for this Skein; -Wl,-z,defs finds it when it is built";
  }
  if (speaks_of("executable")) return "a program is no plugin: link it with -shared";
  if (speaks_of("cannot open shared object file")) return "install that library, or add its folder to LD_LIBRARY_PATH";
  return "";
}

}  // namespace

void load_module(Candidate& candidate) {
  const std::string& file = candidate.report.file;
  Diagnostics& findings = candidate.report.findings;
  const FloatingPointState state;
  boost::dll::fs::error_code error;
  boost::dll::shared_library library;
  library.load(file, error, stays | boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
  const std::string reason = error ? demangled(reason_of(file)) : "";
  if (state.restore()) findings.add(changed_arithmetic(file));
  if (error) {
    findings.add(
        refusal("plugin-not-loaded", file, "The plugin cannot be loaded: " + reason + ".", "", "", remedy_for(reason)));
    return;
  }
  for (const char* symbol : {descriptor_symbol, register_symbol}) {
    if (library.has(symbol)) continue;
    findings.add(refusal("not-a-plugin", file,
                         "This shared object is no plugin of Skein: it has no symbol '" + std::string(symbol) + "'.",
                         "the symbols that skein/plugin.hpp declares"));
  }
  if (candidate.is_refused()) return;
  candidate.entry = {&library.get<const PluginDescriptor>(descriptor_symbol),
                     &library.get<void(Registry&)>(register_symbol)};
  read_descriptor(candidate);
}

}  // namespace skein::plugin
