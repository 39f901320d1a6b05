#include "plugin/descriptor_check.hpp"

#include <cstddef>
#include <cstring>
#include <string>

#include "documents/names.hpp"
#include "plugin/refusal.hpp"

namespace skein::plugin {
namespace {

std::string api_text(std::uint32_t major, std::uint32_t minor) {
  return "API " + std::to_string(major) + "." + std::to_string(minor);
}

std::string text_of(const char* text) { return text == nullptr ? "" : text; }

/// The end of the last field that the descriptor had in API 1.0. A plugin of an older minor ends there, or anywhere up
/// to the size of today.
constexpr std::size_t size_in_1_0 = offsetof(PluginDescriptor, reproducibility) + sizeof(Reproducibility);

/// Size and API version come first: they say whether the rest stands where it is looked for.
void check_fit(const PluginDescriptor& descriptor, PluginReport& report) {
  const std::string own = api_text(plugin_api_major, plugin_api_minor);
  const std::string its = api_text(descriptor.api_major, descriptor.api_minor);
  if (descriptor.api_major != plugin_api_major) {
    report.findings.add(refusal("plugin-api", report.file, "The plugin was built for another version of Skein.", own,
                                its, "build it against the headers of this version"));
  } else if (descriptor.api_minor > plugin_api_minor || descriptor.struct_size > sizeof(PluginDescriptor)) {
    report.findings.add(refusal("plugin-api", report.file, "The plugin was built for a newer version of Skein.",
                                own + " or older", its, "update Skein, or build the plugin against this version"));
  } else if (descriptor.struct_size < size_in_1_0) {
    report.findings.add(refusal("plugin-api", report.file, "The descriptor of this plugin is too short.",
                                "at least " + std::to_string(size_in_1_0) + " bytes",
                                std::to_string(descriptor.struct_size) + " bytes",
                                "leave struct_size as skein/plugin.hpp sets it"));
  } else if (const std::string tag = text_of(descriptor.abi_tag); tag != plugin_abi_tag) {
    report.findings.add(refusal("plugin-abi", report.file,
                                "The plugin was built with other settings of the standard library.", plugin_abi_tag,
                                tag, "build it without _GLIBCXX_DEBUG and with the strings of C++11, as Skein was"));
  }
}

/// With the defaults of the fields that the plugin's descriptor does not have yet.
PluginDescriptor completed(const PluginDescriptor& given) {
  PluginDescriptor descriptor;
  std::memcpy(&descriptor, &given, given.struct_size);
  return descriptor;
}

void check_words(Candidate& candidate) {
  PluginReport& report = candidate.report;
  if (!is_name(report.name)) {
    report.findings.add(refusal("bad-name", report.file, "'" + report.name + "' cannot be the name of a plugin.",
                                "lower case letters, digits and _", "", as_name(report.name)));
  }
  if (const auto version = parse_version(report.version)) {
    candidate.version = *version;
  } else {
    report.findings.add(refusal("plugin-version", report.file, "'" + report.version + "' is no version of a plugin.",
                                "up to three numbers, such as 1.0.2"));
  }
  if (auto dependencies = parse_dependencies(report.dependencies)) {
    candidate.dependencies = *std::move(dependencies);
  } else {
    report.findings.add(refusal("plugin-dependency", report.file,
                                "The dependencies '" + report.dependencies + "' cannot be read.",
                                "names of plugins, each with a version range: \"real_vector >=0.1 <1, operators\""));
  }
}

}  // namespace

void read_descriptor(Candidate& candidate) {
  PluginReport& report = candidate.report;
  check_fit(*candidate.entry.descriptor, report);
  if (candidate.is_refused()) return;
  const PluginDescriptor descriptor = completed(*candidate.entry.descriptor);
  report.name = text_of(descriptor.name);
  report.version = text_of(descriptor.version);
  report.summary = text_of(descriptor.summary);
  report.licence = text_of(descriptor.licence);
  report.dependencies = text_of(descriptor.dependencies);
  report.reproducibility = descriptor.reproducibility;
  check_words(candidate);
}

}  // namespace skein::plugin
