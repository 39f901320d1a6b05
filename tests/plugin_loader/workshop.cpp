#include "tests/plugin_loader/workshop.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "tests/broken_plugins/blank.hpp"

namespace loader_test {
namespace {

namespace fs = std::filesystem;
using skein::PluginReport;
using skein::PluginState;

std::string bytes_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw std::runtime_error("there is no " + path.string());
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Writes the text over the blank one, with zeros behind it.
void fill_in(std::string& bytes, std::string_view blank, std::string text) {
  const std::size_t at = bytes.find(blank);
  if (at == std::string::npos || text.size() > blank.size()) throw std::runtime_error("no room for '" + text + "'");
  text.resize(blank.size());
  bytes.replace(at, text.size(), text);
}

}  // namespace

const PluginReport* Loaded::report_of(const fs::path& file) const {
  const auto& reports = registry().plugin_reports();
  const auto found = std::ranges::find(reports, file.string(), &PluginReport::file);
  return found == reports.end() ? nullptr : &*found;
}

bool Loaded::has_loaded(std::string_view plugin) const { return registry().has_plugin(plugin); }

std::string Loaded::names() const {
  std::string names;
  for (const std::string& name : registry().plugins()) names += (names.empty() ? "" : " ") + name;
  return names;
}

std::vector<std::string> Loaded::codes() const {
  std::vector<std::string> codes;
  for (const skein::Diagnostic& finding : diagnostics.items()) codes.push_back(finding.code);
  return codes;
}

Workshop::Workshop() {
  std::string pattern = (fs::canonical(fs::temp_directory_path()) / "skein-plugins-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  folder_ = pattern;
}

Workshop::~Workshop() { fs::remove_all(folder_); }

std::string Workshop::copy(const std::string& plugin, const std::string& name) const {
  return change(plugin, name.empty() ? plugin + ".so" : name, [](std::string&) {});
}

std::string Workshop::make(const Words& words, const std::string& file) const {
  return change("blank", file.empty() ? words.name + ".so" : file, [&](std::string& bytes) {
    fill_in(bytes, SKEIN_BLANK_NAME, words.name);
    fill_in(bytes, SKEIN_BLANK_VERSION, words.version);
    fill_in(bytes, SKEIN_BLANK_DEPENDENCIES, words.dependencies);
  });
}

std::string Workshop::write(const std::string& name, std::string_view bytes) const {
  std::ofstream(path(name), std::ios::binary) << bytes;
  return path(name).string();
}

std::string Workshop::change(const std::string& plugin, const std::string& name,
                             const std::function<void(std::string&)>& change) const {
  std::string bytes = bytes_of(fs::path(SKEIN_BROKEN_PLUGINS) / (plugin + ".so"));
  change(bytes);
  return write(name, bytes);
}

skein::PluginSources Workshop::searched() const {
  skein::PluginSources sources;
  sources.directories = {folder_.string()};
  return sources;
}

skein::PluginSources Workshop::asked_for(std::vector<std::string> files) {
  skein::PluginSources sources;
  sources.files = std::move(files);
  return sources;
}

std::string Workshop::stable(std::string text) const {
  for (const auto& [folder, word] :
       {std::pair(folder_.string(), "FOLDER"), {skein::shipped_plugin_directory(), "SHIPPED"}}) {
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
      text.replace(at, folder.size(), word);
    }
  }
  return text;
}

std::string said_of(const Loaded& loaded, const Workshop& workshop) {
  std::string said;
  for (const PluginReport& report : loaded.registry().plugin_reports()) {
    if (report.findings.empty()) continue;
    said += (report.state == PluginState::loaded ? "loaded " : "refused ") + report.file + "\n";
    for (const skein::Diagnostic& finding : report.findings.items()) said += to_text(finding) + "\n";
  }
  return workshop.stable(std::move(said));
}

void check_golden(const std::string& said, const std::string& golden) {
  const fs::path file = SKEIN_SOURCE_DIR "/tests/plugin_loader/golden/" + golden + ".txt";
  if (std::getenv("SKEIN_WRITE_GOLDEN") != nullptr) std::ofstream(file) << said;
  std::ostringstream expected;
  expected << std::ifstream(file).rdbuf();
  CAPTURE(golden);
  CHECK(said == expected.str());
}

void check_refusal(const Workshop& workshop, const std::string& file, const std::string& golden) {
  CAPTURE(file);
  // A file that is loaded must not be written again.
  if (!fs::exists(workshop.path("good.so"))) workshop.copy("good");
  const auto check = [&](skein::PluginSources sources, skein::Severity severity) {
    sources.seconds_to_try = 5;
    const Loaded loaded(sources);
    CHECK(loaded.has_loaded("good"));
    CHECK(loaded.registry().plugins().size() == 1);
    CHECK(loaded.registry().find_operator("good_operator") != nullptr);
    const PluginReport* report = loaded.report_of(file);
    REQUIRE(report != nullptr);
    CHECK(report->state == PluginState::refused);
    REQUIRE(report->findings.has_errors());
    CHECK(loaded.registry().operators().size() == 1);
    CHECK(loaded.registry().graphs().empty());
    CHECK(loaded.registry().roles().empty());
    CHECK(loaded.registry().encodings().empty());
    CHECK(loaded.registry().problems().empty());
    CHECK(loaded.registry().diagnostics().empty());
    REQUIRE(!loaded.diagnostics.empty());
    for (const skein::Diagnostic& finding : loaded.diagnostics.items()) CHECK(finding.severity == severity);
    check_golden(said_of(loaded, workshop), golden);
  };
  check(workshop.searched(), skein::Severity::warning);
  check(Workshop::asked_for({file, workshop.path("good.so").string()}), skein::Severity::error);
}

void check_copy_is_refused(const std::string& plugin) {
  const Workshop workshop;
  check_refusal(workshop, workshop.copy(plugin), plugin);
}

}  // namespace loader_test
