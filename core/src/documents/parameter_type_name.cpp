#include "documents/parameter_type_name.hpp"

#include <array>
#include <utility>

namespace skein {
namespace {

constexpr std::array<std::pair<ParameterType, std::string_view>, 7> names = {{{ParameterType::boolean, "boolean"},
                                                                              {ParameterType::integer, "integer"},
                                                                              {ParameterType::real, "real"},
                                                                              {ParameterType::text, "text"},
                                                                              {ParameterType::choice, "choice"},
                                                                              {ParameterType::reals, "reals"},
                                                                              {ParameterType::any, "any"}}};

}  // namespace

std::string_view parameter_type_name(ParameterType type) noexcept {
  for (const auto& [known, name] : names) {
    if (known == type) return name;
  }
  return "any";
}

std::optional<ParameterType> parse_parameter_type(std::string_view name) noexcept {
  for (const auto& [type, known] : names) {
    if (known == name) return type;
  }
  return std::nullopt;
}

std::vector<std::string> parameter_type_names() {
  std::vector<std::string> out;
  for (const auto& [type, name] : names) out.emplace_back(name);
  return out;
}

}  // namespace skein
