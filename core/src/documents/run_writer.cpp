#include <utility>

#include "documents/component_writer.hpp"
#include "documents/graph_document.hpp"
#include "documents/graph_writer.hpp"
#include "documents/object_writer.hpp"

namespace skein {
namespace {

/// The name alone where an object says no more.
Value short_form(Object object) {
  const bool is_name = object.size() == 1 && object.front().key == "name";
  return is_name ? std::move(object.front().value) : Value(std::move(object));
}

Value write_algorithm(const AlgorithmChoice& algorithm) {
  Object object;
  put_text(object, "name", algorithm.name);
  put_text(object, "file", algorithm.file);
  if (algorithm.inline_graph) {
    put(object, "graph", write_graph_object(*algorithm.inline_graph, GraphPlace::in_place));
  }
  put_object(object, "parameters", written_members(algorithm.parameters));
  put_object(object, "slots", write_slot_fillings(algorithm.slots));
  return short_form(std::move(object));
}

Value write_problem(const ProblemChoice& problem) {
  Object object;
  Object parameters;
  put_text(object, "name", problem.name);
  for (const Member& parameter : problem.parameters) {
    put(parameter.key == "dimension" ? object : parameters, parameter.key, written_value(parameter.value));
  }
  put_object(object, "parameters", std::move(parameters));
  List transforms;
  for (const TransformChoice& transform : problem.transforms) {
    Object one;
    put(one, transform.name, written_value(transform.value));
    transforms.emplace_back(std::move(one));
  }
  if (!transforms.empty()) put(object, "transform", Value(std::move(transforms)));
  return short_form(std::move(object));
}

Value write_error_policy(const RunDocument& run) {
  if (run.on_error == ErrorPolicy::worst) return Value("worst");
  if (run.retries == RunDocument{}.retries) return Value("retry");
  Object object;
  put(object, "retry", Value(std::uint64_t{run.retries}));
  return Value(std::move(object));
}

Value write_stagnation(const StopLimits& stop) {
  if (stop.stagnation_tolerance == 0 && !stop.relative_tolerance) return Value(*stop.stagnation);
  Object object;
  put(object, "iterations", Value(*stop.stagnation));
  if (stop.stagnation_tolerance != 0) put(object, "tolerance", written_number(stop.stagnation_tolerance));
  if (stop.relative_tolerance) put(object, "relative", Value(true));
  return Value(std::move(object));
}

Object write_stop(const StopLimits& stop) {
  Object object;
  if (stop.iterations) put(object, "iterations", Value(*stop.iterations));
  if (stop.evaluations) put(object, "evaluations", Value(*stop.evaluations));
  if (stop.target) put(object, "target", written_number(*stop.target));
  if (stop.target_error) put(object, "target_error", written_number(*stop.target_error));
  if (stop.stagnation) put(object, "stagnation", write_stagnation(stop));
  if (stop.diameter) put(object, "diameter", written_number(*stop.diameter));
  if (stop.seconds) put(object, "seconds", written_number(*stop.seconds));
  return object;
}

}  // namespace

Value write_run(const RunDocument& run) {
  Object object;
  put(object, "format", Value("skein/1"));
  put_text(object, "run", run.name);
  put_requirements(object, run.requirements);
  put(object, "algorithm", write_algorithm(run.algorithm));
  put(object, "problem", write_problem(run.problem));
  if (run.seed != RunDocument{}.seed) put(object, "seed", Value(run.seed));
  if (run.on_error != ErrorPolicy::abort) put(object, "on_error", write_error_policy(run));
  if (!run.flush_denormals) put(object, "denormals", Value("keep"));
  put_object(object, "stop", write_stop(run.stop));
  if (run.memory) put(object, "memory", Value(written_members(*run.memory)));
  Object output;
  put_text(output, "file", run.output_file);
  put_object(object, "output", std::move(output));
  return Value(std::move(object));
}

}  // namespace skein
