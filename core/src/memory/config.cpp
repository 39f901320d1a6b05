#include <algorithm>
#include <array>
#include <charconv>

#include "skein/memory_config.hpp"

namespace skein {
namespace {

std::string text_of(double number) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return {text.data(), end};
}

struct Field {
  std::string_view name;
  double value;
};

/// Collects what is wrong.
class Check {
 public:
  void less(const Field& low, const Field& high) {
    if (low.value < high.value) return;
    found_.push_back({low.name, std::string(low.name) + " has to be less than " + std::string(high.name) + ".",
                      "less than " + text_of(high.value), text_of(low.value)});
  }
  void positive(const Field& field) {
    if (field.value > 0) return;
    found_.push_back({field.name, std::string(field.name) + " has to be given together with the other thresholds.",
                      "a size in MiB, or no threshold at all", text_of(field.value)});
  }
  void within(const Field& field, const Field& limit) {
    if (limit.value == 0 || field.value <= limit.value) return;
    found_.push_back({field.name, std::string(field.name) + " is beyond " + std::string(limit.name) + ".",
                      "at most " + text_of(limit.value), text_of(field.value)});
  }
  [[nodiscard]] std::vector<MemoryViolation> take() { return std::move(found_); }

 private:
  std::vector<MemoryViolation> found_;
};

}  // namespace

std::span<const ParameterSpec> memory_config_specs() {
  static constexpr auto specs =
      std::apply([](const auto&... field) { return std::array<ParameterSpec, sizeof...(field)>{field.spec...}; },
                 memory_config_fields);
  return specs;
}

MemoryConfig memory_config(const Object& members) {
  MemoryConfig config;
  const auto read = [&](const auto& field) {
    const auto given = std::ranges::find(members, field.spec.name, &Member::key);
    if (given != members.end()) detail::read_parameter(config, field.member, field.spec, given->value);
  };
  std::apply([&](const auto&... field) { (read(field), ...); }, memory_config_fields);
  return config;
}

std::vector<MemoryViolation> violations(const MemoryConfig& config) {
  const Field levels[] = {{"warning_level", config.warning_level},
                          {"critical_level", config.critical_level},
                          {"emergency_level", config.emergency_level}};
  const Field releases[] = {{"warning_release", config.warning_release},
                            {"critical_release", config.critical_release},
                            {"emergency_release", config.emergency_release}};
  const Field thresholds[] = {{"memory_warning_threshold_mb", config.memory_warning_threshold_mb},
                              {"memory_critical_threshold_mb", config.memory_critical_threshold_mb},
                              {"emergency_cleanup_threshold_mb", config.emergency_cleanup_threshold_mb}};
  Check check;
  for (std::size_t i = 0; i < 2; ++i) check.less(levels[i], levels[i + 1]);
  for (std::size_t i = 0; i < 3; ++i) check.less(releases[i], levels[i]);
  for (std::size_t i = 0; i < 2; ++i) {
    if (releases[i].value < levels[i].value) check.less(releases[i], releases[i + 1]);
  }
  bool any = false;
  for (const Field& threshold : thresholds) any = any || threshold.value > 0;
  if (!any) return check.take();
  for (const Field& threshold : thresholds) check.positive(threshold);
  for (std::size_t i = 0; i < 2; ++i) {
    if (thresholds[i].value > 0 && thresholds[i + 1].value > 0) check.less(thresholds[i], thresholds[i + 1]);
  }
  check.within(thresholds[2], {"limit_mb", config.limit_mb});
  return check.take();
}

}  // namespace skein
