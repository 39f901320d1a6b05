#include "skein/memory_config.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>

using namespace skein;

namespace {

std::string fields_of(const std::vector<MemoryViolation>& found) {
  std::string fields;
  for (const MemoryViolation& violation : found) fields += (fields.empty() ? "" : ", ") + std::string(violation.field);
  return fields;
}

std::string wrong(const std::function<void(MemoryConfig&)>& change) {
  MemoryConfig config;
  change(config);
  return fields_of(violations(config));
}

}  // namespace

TEST_CASE("the default config of memory is right, and is what its fields say") {
  CHECK(violations(MemoryConfig()).empty());
  for (const ParameterSpec& spec : memory_config_specs()) {
    CAPTURE(spec.name);
    CHECK_FALSE(spec.summary.empty());
    CHECK_FALSE(spec.initial.empty());
  }
  std::apply(
      [](const auto&... field) {
        const auto check = [](const auto& one) {
          CAPTURE(one.spec.name);
          const std::string text(one.spec.initial);
          const double number = text == "true" ? 1 : text == "false" ? 0 : std::stod(text);
          CHECK(static_cast<double>(MemoryConfig().*(one.member)) == number);
        };
        (check(field), ...);
      },
      memory_config_fields);
}

TEST_CASE("all violations between fields of the config of memory are found at once") {
  CHECK(wrong([](MemoryConfig& c) { c.warning_level = 0.8; }) == "warning_level");
  CHECK(wrong([](MemoryConfig& c) { c.critical_level = 0.95; }) == "critical_level");
  CHECK(wrong([](MemoryConfig& c) { c.warning_release = 0.7; }) == "warning_release");
  CHECK(wrong([](MemoryConfig& c) { c.critical_release = 0.9; }) == "critical_release");
  CHECK(wrong([](MemoryConfig& c) { c.emergency_release = 1; }) == "emergency_release");
  CHECK(wrong([](MemoryConfig& c) { c.emergency_release = 0.7; }) == "critical_release");
  CHECK(wrong([](MemoryConfig& c) {
          c.warning_level = 0.9;
          c.critical_level = 0.8;
          c.emergency_level = 0.1;
        }) == "warning_level, critical_level, emergency_release");
  CHECK(wrong([](MemoryConfig& c) { c.memory_warning_threshold_mb = 500; }) ==
        "memory_critical_threshold_mb, emergency_cleanup_threshold_mb");
  const auto thresholds = [](double warning, double critical, double emergency, double limit) {
    return wrong([=](MemoryConfig& c) {
      c.memory_warning_threshold_mb = warning;
      c.memory_critical_threshold_mb = critical;
      c.emergency_cleanup_threshold_mb = emergency;
      c.limit_mb = limit;
    });
  };
  CHECK(thresholds(500, 800, 1000, 0).empty());
  CHECK(thresholds(500, 800, 1000, 1000).empty());
  CHECK(thresholds(500, 800, 1000, 900) == "emergency_cleanup_threshold_mb");
  CHECK(thresholds(800, 500, 500, 0) == "memory_warning_threshold_mb, memory_critical_threshold_mb");
}
