#include "skein/encodings/real_vector_parameters.hpp"

#include <utility>
#include <variant>

namespace skein {

ParameterSpec dimension_spec(std::string_view initial, std::size_t smallest, std::size_t largest) {
  ParameterSpec spec;
  spec.name = "dimension";
  spec.type = ParameterType::integer;
  spec.summary = "number of coordinates";
  spec.initial = initial;
  spec.minimum = static_cast<double>(smallest);
  spec.maximum = static_cast<double>(largest);
  return spec;
}

ParameterSpec lower_bound_spec(std::string_view initial) {
  ParameterSpec spec;
  spec.name = "lower";
  spec.type = ParameterType::reals;
  spec.summary = "lower bound: a number for all dimensions or a list with one each";
  spec.initial = initial;
  return spec;
}

ParameterSpec upper_bound_spec(std::string_view initial) {
  ParameterSpec spec;
  spec.name = "upper";
  spec.type = ParameterType::reals;
  spec.summary = "upper bound, >= lower: a number for all dimensions or a list with one each";
  spec.initial = initial;
  return spec;
}

ParameterSpec sense_spec() {
  ParameterSpec spec;
  spec.name = "sense";
  spec.type = ParameterType::choice;
  spec.summary = "what is sought of the objective";
  spec.choices = "minimize|maximize";
  spec.initial = "minimize";
  return spec;
}

std::vector<double> numbers_of(const Value& value) {
  if (value.is_number()) return {value.number()};
  std::vector<double> numbers;
  for (const Value& element : value.list()) numbers.push_back(element.number());
  return numbers;
}

std::size_t size_of(const Value& dimension) { return static_cast<std::size_t>(std::get<std::int64_t>(dimension.data)); }

Sense sense_of(const Value& sense) { return sense.text() == "maximize" ? Sense::maximize : Sense::minimize; }

std::shared_ptr<const Problem> make_problem_of_parameters(RealVectorProblem description, Diagnostics& diagnostics) {
  Diagnostics found;
  auto problem = make_problem(std::move(description), found);
  for (Diagnostic diagnostic : found.items()) {
    diagnostic.path = "parameters/" + diagnostic.path;
    diagnostics.add(std::move(diagnostic));
  }
  return problem;
}

}  // namespace skein
