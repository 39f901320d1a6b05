// What problems with the encoding `real_vector` that declare parameters of their own have in common.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "skein/encodings/real_vector_problem.hpp"

namespace skein {

// Declarations with a default as document text, a constant of the program.
[[nodiscard]] ParameterSpec dimension_spec(std::string_view initial, std::size_t smallest = 1,
                                           std::size_t largest = largest_dimension);
[[nodiscard]] ParameterSpec lower_bound_spec(std::string_view initial);
[[nodiscard]] ParameterSpec upper_bound_spec(std::string_view initial);
/// `sense`: minimize, which is the default, or maximize.
[[nodiscard]] ParameterSpec sense_spec();

/// The numbers of a parameter of the type `reals`: one, or those of a list.
[[nodiscard]] std::vector<double> numbers_of(const Value& value);
[[nodiscard]] std::size_t size_of(const Value& dimension);
[[nodiscard]] Sense sense_of(const Value& sense);

/// The problem of a description whose dimension and bounds were parameters of these names: what is wrong with them is
/// reported as wrong with the parameters.
[[nodiscard]] std::shared_ptr<const Problem> make_problem_of_parameters(RealVectorProblem description,
                                                                        Diagnostics& diagnostics);

}  // namespace skein
