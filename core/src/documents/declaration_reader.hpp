// Declarations in graph documents: parameters, ports, variables, frames, populations and slots.
#pragma once

#include <string>
#include <vector>

#include "documents/names.hpp"
#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/value.hpp"

namespace skein {

// Each reads one section; a section that is null is empty. Names go into the graph's namespace.

[[nodiscard]] std::vector<GraphParameter> read_parameters(const Value* section, const std::string& path,
                                                          NameTable& names, Diagnostics& diagnostics);
[[nodiscard]] std::vector<GraphPort> read_ports(const Value* section, const std::string& path, NameTable& names,
                                                Diagnostics& diagnostics);
/// `ports` are those of the graph: one that is a column says which population columns among the variables belong to.
[[nodiscard]] std::vector<GraphVariable> read_variables(const Value* section, const std::string& path,
                                                        const std::vector<GraphPort>& ports, NameTable& names,
                                                        Diagnostics& diagnostics);
[[nodiscard]] std::vector<GraphFrames> read_frames(const Value* section, const std::string& path, NameTable& names,
                                                   Diagnostics& diagnostics);
[[nodiscard]] std::vector<GraphPopulation> read_populations(const Value* section, const std::string& path,
                                                            NameTable& names, Diagnostics& diagnostics);
[[nodiscard]] std::vector<GraphSlot> read_slots(const Value* section, const std::string& path,
                                                Diagnostics& diagnostics);

}  // namespace skein
