// The lines that host and workers exchange.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>

#include "skein/encodings/real_vector_problem.hpp"

namespace skein::external_program {

/// {"id": 12, "position": [1.5, 2.0]} and a newline. Numbers read back exactly; what is not finite is a text.
[[nodiscard]] std::string request_line(std::uint64_t id, std::span<const double> position);

/// What an answer is wrong about, as words that go on after "the worker".
struct BadAnswer {
  std::string text;
};

/// {"id": 12, "objectives": [3.25], "violation": 0}: the violation, 0 unless given, and the one objective. A worker
/// that cannot evaluate says {"id": 12, "error": "why"}. Further keys are ignored.
[[nodiscard]] std::variant<ConstrainedValue, BadAnswer> read_answer(const std::string& line, std::uint64_t id);

}  // namespace skein::external_program
