// What the ports of an operator hold before it is run for its contract.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contract/circumstances.hpp"
#include "skein/contract.hpp"
#include "skein/operator_table.hpp"

namespace skein {

/// Whether the port shows numbers that a graph binds: no population, no object, no memory of the operator's own.
[[nodiscard]] bool has_content(const PortSpec& port);

/// Whether the port wants a neighbourhood, the one kind of object that can be made here.
[[nodiscard]] bool is_neighborhood(const PortSpec& port);

/// Why nothing can be bound to the port here: a whole sentence; empty where something can.
[[nodiscard]] std::string unsupported_port(const PortSpec& port);

/// Reproducible numbers from the port's domain, as a variable of the port's type stores them: those of the input, of
/// the declaration, or [-5, 5).
[[nodiscard]] std::vector<double> port_content(const PortSpec& port, const ContractInput& input, const Shape& shape);

/// "row 3, number 0": where the place `index` of a port's content is.
[[nodiscard]] std::string place_text(const PortSpec& port, std::size_t index, const Shape& shape);

}  // namespace skein
