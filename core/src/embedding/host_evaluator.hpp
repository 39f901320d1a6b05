// The evaluator of a problem whose values the host tells.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "skein/operator_table.hpp"

namespace skein {

/// Defers every row: AskTell writes what the host tells, and the rows are done then.
[[nodiscard]] std::shared_ptr<const OperatorTable> waiting_evaluator();

/// Whether an operator is that one.
[[nodiscard]] bool waits_for_host(const OperatorTable& table) noexcept;

/// Whether an operator calls a function of the host that takes solutions as vectors of numbers.
[[nodiscard]] bool takes_numbers(const OperatorTable& table) noexcept;

/// What is wrong with a violation that is negative or NaN; `whose` is empty, or " of …".
[[nodiscard]] std::string wrong_violation(std::string_view whose, double violation);

/// Where it reads solutions.
inline constexpr std::size_t host_solution_port = 0;

}  // namespace skein
