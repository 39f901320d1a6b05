// Versions of plugins and ranges of them.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace skein::plugin {

/// "1", "1.2" or "1.2.3"; what is missing counts as 0.
struct Version {
  std::array<std::uint32_t, 3> numbers{};
  // NOLINTNEXTLINE(modernize-use-nullptr): what the compiler writes compares with 0
  friend auto operator<=>(const Version&, const Version&) = default;
};

[[nodiscard]] std::optional<Version> parse_version(std::string_view text);

/// All of its comparisons hold: ">=0.1 <1". "*" and the empty text stand for every version.
class VersionRange {
 public:
  [[nodiscard]] static std::optional<VersionRange> parse(std::string_view text);
  [[nodiscard]] bool holds(const Version& version) const noexcept;

 private:
  enum class Comparison { less, at_most, equal, at_least, greater };
  std::vector<std::pair<Comparison, Version>> comparisons_;
};

/// What a range looks like, for messages.
inline constexpr std::string_view range_form = R"(comparisons with <, <=, =, >= or >, such as ">=0.1 <1")";

/// One entry of a descriptor's dependencies.
struct Dependency {
  std::string plugin;
  std::string range_text;
  VersionRange range;
};

/// "real_vector >=0.1 <1, operators". Nothing when the text is not of that form.
[[nodiscard]] std::optional<std::vector<Dependency>> parse_dependencies(std::string_view text);

}  // namespace skein::plugin
