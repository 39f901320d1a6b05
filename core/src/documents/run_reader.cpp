#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "documents/component_reader.hpp"
#include "documents/findings.hpp"
#include "documents/graph_document.hpp"
#include "documents/graph_reader.hpp"
#include "documents/memory_reader.hpp"
#include "documents/names.hpp"
#include "documents/object_reader.hpp"
#include "documents/utf8.hpp"

namespace skein {
namespace {

constexpr std::int64_t most_retries = 1'000'000;

void report_missing_algorithm(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  Diagnostic diagnostic = finding("missing-key", value.where, path, "nothing says which algorithm this is");
  diagnostic.expected = R"(one of the keys "name", "file" and "graph")";
  diagnostics.add(std::move(diagnostic));
}

std::string read_file_name(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  std::optional<std::string> file = read_text(value, path, diagnostics);
  if (!file) return {};
  if (file->empty()) {
    Diagnostic diagnostic = finding("out-of-range", value.where, path, "the name of a file must not be empty");
    diagnostic.expected = "the name of a file";
    diagnostics.add(std::move(diagnostic));
  }
  return *std::move(file);
}

AlgorithmChoice read_algorithm(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  AlgorithmChoice algorithm;
  algorithm.where = value.where;
  algorithm.name_where = value.where;
  if (value.is_text()) {
    algorithm.name = read_reference(value, path, diagnostics);
    return algorithm;
  }
  if (!value.is_object()) {
    diagnostics.add(wrong_type_finding(value, path, "an algorithm", "a name or an object"));
    return algorithm;
  }
  ObjectReader reader(value, path, diagnostics);
  const Value* name = reader.optional("name");
  const Value* file = reader.optional("file");
  const Value* graph = reader.optional("graph");
  if (name == nullptr && file == nullptr && graph == nullptr) report_missing_algorithm(value, path, diagnostics);
  refuse_both(value, "name", "file", path, diagnostics);
  refuse_both(value, "name", "graph", path, diagnostics);
  if (name == nullptr) refuse_both(value, "file", "graph", path, diagnostics);
  if (const Value* named = name != nullptr ? name : file) algorithm.name_where = named->where;
  if (name != nullptr) algorithm.name = read_reference(*name, reader.path_to("name"), diagnostics);
  if (file != nullptr) algorithm.file = read_file_name(*file, reader.path_to("file"), diagnostics);
  if (graph != nullptr) {
    algorithm.inline_graph = std::make_shared<const Graph>(
        read_graph_object(*graph, reader.path_to("graph"), GraphPlace::in_place, diagnostics));
  }
  algorithm.parameters = members_of(reader.optional("parameters"), reader.path_to("parameters"), diagnostics);
  algorithm.slots = read_slot_fillings(reader.optional("slots"), reader.path_to("slots"), diagnostics);
  reader.finish();
  return algorithm;
}

/// Puts the dimension in front of the other parameters, wherever it was given.
void read_dimension(ObjectReader& reader, Object& parameters, Diagnostics& diagnostics) {
  NameTable places("parameters of a problem");
  Object others;
  Object dimension;
  if (const Value* beside = reader.optional("dimension")) {
    dimension.push_back({"dimension", beside->where, *beside});
    places.add("dimension", beside->where, reader.path_to("dimension"), diagnostics);
  }
  for (Member& parameter : parameters) {
    if (parameter.key != "dimension") {
      others.push_back(std::move(parameter));
      continue;
    }
    places.add("dimension", parameter.key_where, reader.path_to("parameters/dimension"), diagnostics);
    dimension.push_back(std::move(parameter));
  }
  parameters = std::move(dimension);
  parameters.insert(parameters.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
}

/// [{"shift": 7}, …]: what the names mean is asked when the problem is made.
std::vector<TransformChoice> read_transforms(ObjectReader& reader, Diagnostics& diagnostics) {
  std::vector<TransformChoice> transforms;
  const List* list = reader.list("transform", Presence::optional);
  if (list == nullptr) return transforms;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Value& item = (*list)[i];
    const std::string path = join_path(reader.path_to("transform"), i);
    constexpr const char* expected = R"(an object with one key, such as {"shift": 7})";
    if (!item.is_object()) {
      diagnostics.add(wrong_type_finding(item, path, "a transform", expected));
      continue;
    }
    const Object& members = item.object();
    if (members.size() != 1) {
      Diagnostic diagnostic = finding("bad-transform", item.where, path, "a transform has one name");
      diagnostic.expected = expected;
      diagnostic.found = std::to_string(members.size()) + " keys";
      diagnostics.add(std::move(diagnostic));
      continue;
    }
    transforms.push_back({members.front().key, members.front().value, members.front().key_where});
  }
  return transforms;
}

ProblemChoice read_problem(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  ProblemChoice problem;
  problem.where = value.where;
  problem.name_where = value.where;
  if (value.is_text()) {
    problem.name = read_reference(value, path, diagnostics);
    return problem;
  }
  if (!value.is_object()) {
    diagnostics.add(wrong_type_finding(value, path, "a problem", "a name or an object"));
    return problem;
  }
  ObjectReader reader(value, path, diagnostics);
  if (const Value* name = reader.required("name")) {
    problem.name_where = name->where;
    problem.name = read_reference(*name, reader.path_to("name"), diagnostics);
  }
  problem.parameters = members_of(reader.optional("parameters"), reader.path_to("parameters"), diagnostics);
  read_dimension(reader, problem.parameters, diagnostics);
  problem.transforms = read_transforms(reader, diagnostics);
  reader.finish();
  return problem;
}

void read_error_policy(ObjectReader& reader, RunDocument& run, Diagnostics& diagnostics) {
  const Value* value = reader.optional("on_error");
  if (value == nullptr) return;
  const std::string path = reader.path_to("on_error");
  if (value->is_object()) {
    ObjectReader policy(*value, path, diagnostics);
    const std::optional<std::int64_t> retries = policy.integer("retry", 1, most_retries);
    policy.finish();
    run.on_error = ErrorPolicy::retry;
    if (retries) run.retries = static_cast<std::size_t>(*retries);
    return;
  }
  static const std::array<std::string, 3> policies = {"abort", "retry", "worst"};
  if (!value->is_text()) {
    diagnostics.add(wrong_type_finding(*value, path, R"("on_error")", R"("abort", "retry", "worst" or {"retry": 3})"));
    return;
  }
  for (std::size_t i = 0; i < policies.size(); ++i) {
    if (policies[i] != value->text()) continue;
    run.on_error = std::array{ErrorPolicy::abort, ErrorPolicy::retry, ErrorPolicy::worst}[i];
    return;
  }
  Diagnostic diagnostic = finding("unknown-choice", value->where, path,
                                  in_quotes(value->text()) + " is nothing that can be done on an error");
  diagnostic.expected = R"("abort", "retry", "worst" or {"retry": 3})";
  diagnostic.found = in_quotes(value->text());
  diagnostic.suggestion = nearest_name(value->text(), policies);
  diagnostics.add(std::move(diagnostic));
}

void read_denormals(ObjectReader& reader, RunDocument& run, Diagnostics& diagnostics) {
  const Value* value = reader.optional("denormals");
  if (value == nullptr) return;
  const std::string path = reader.path_to("denormals");
  static const std::array<std::string, 2> choices = {"flush", "keep"};
  constexpr const char* expected = R"("flush" or "keep")";
  if (!value->is_text()) {
    diagnostics.add(wrong_type_finding(*value, path, R"("denormals")", expected));
  } else if (std::ranges::find(choices, value->text()) == choices.end()) {
    Diagnostic diagnostic = finding("unknown-choice", value->where, path,
                                    in_quotes(value->text()) + " is nothing that can be done with denormal numbers");
    diagnostic.expected = expected;
    diagnostic.found = in_quotes(value->text());
    diagnostic.suggestion = nearest_name(value->text(), choices);
    diagnostics.add(std::move(diagnostic));
  } else {
    run.flush_denormals = value->text() == "flush";
  }
}

/// A number of iterations, or an object that says more.
void read_stagnation(const Value& value, const std::string& path, StopLimits& stop, Diagnostics& diagnostics) {
  if (!value.is_object()) {
    if (value.is_number()) {
      stop.stagnation = read_unsigned(value, path, diagnostics);
    } else {
      diagnostics.add(wrong_type_finding(value, path, R"("stagnation")", R"(a number of iterations or an object)"));
    }
    return;
  }
  RealRules not_negative;
  not_negative.minimum = 0;
  ObjectReader reader(value, path, diagnostics);
  stop.stagnation = reader.unsigned_integer("iterations");
  stop.stagnation_tolerance = reader.real("tolerance", not_negative, Presence::optional).value_or(0);
  stop.relative_tolerance = reader.boolean("relative", Presence::optional).value_or(false);
  reader.finish();
}

void read_stop(ObjectReader& run_reader, RunDocument& run, Diagnostics& diagnostics) {
  const Value* value = run_reader.optional("stop");
  if (value == nullptr) return;
  run.stop_where = value->where;
  const std::string path = run_reader.path_to("stop");
  ObjectReader reader(*value, path, diagnostics);
  if (!reader.is_object()) return;
  RealRules not_negative;
  not_negative.minimum = 0;
  run.stop.iterations = reader.unsigned_integer("iterations", Presence::optional);
  run.stop.evaluations = reader.unsigned_integer("evaluations", Presence::optional);
  run.stop.target = reader.real("target", {}, Presence::optional);
  run.stop.target_error = reader.real("target_error", not_negative, Presence::optional);
  if (const Value* stagnation = reader.optional("stagnation")) {
    read_stagnation(*stagnation, reader.path_to("stagnation"), run.stop, diagnostics);
  }
  run.stop.diameter = reader.real("diameter", not_negative, Presence::optional);
  run.stop.seconds = reader.real("seconds", not_negative, Presence::optional);
  refuse_both(*value, "target", "target_error", path, diagnostics);
  reader.finish();
}

void read_output(ObjectReader& run_reader, RunDocument& run, Diagnostics& diagnostics) {
  const Value* value = run_reader.optional("output");
  if (value == nullptr) return;
  ObjectReader reader(*value, run_reader.path_to("output"), diagnostics);
  if (const Value* file = reader.required("file")) {
    run.output_file = read_file_name(*file, reader.path_to("file"), diagnostics);
  }
  reader.finish();
}

RunDocument read_run_object(const Value& document, Diagnostics& diagnostics) {
  RunDocument run;
  run.where = document.where;
  ObjectReader reader(document, "", diagnostics);
  if (!reader.is_object()) return run;
  (void)reader.optional("$schema");
  read_format(reader, Presence::required, diagnostics);
  run.name = reader.text("run", Presence::optional).value_or("");
  run.requirements = read_requirements(reader, diagnostics);
  if (const Value* algorithm = reader.required("algorithm")) {
    run.algorithm = read_algorithm(*algorithm, "algorithm", diagnostics);
  }
  if (const Value* problem = reader.required("problem")) run.problem = read_problem(*problem, "problem", diagnostics);
  run.seed = reader.unsigned_integer("seed", Presence::optional).value_or(1);
  read_error_policy(reader, run, diagnostics);
  read_denormals(reader, run, diagnostics);
  read_stop(reader, run, diagnostics);
  read_memory(reader, run, diagnostics);
  read_output(reader, run, diagnostics);
  reader.finish();
  return run;
}

}  // namespace

RunDocument read_faulty_run(const Value& document, Diagnostics& diagnostics) {
  RunDocument nothing;
  nothing.faulty = true;
  if (document_kind(document) == DocumentKind::graph) {
    Diagnostic diagnostic = finding("wrong-document", document.where, "", "this is a graph, not a run document");
    diagnostic.expected = R"(an object with "run", "algorithm" and "problem")";
    diagnostics.add(std::move(diagnostic));
    return nothing;
  }
  Diagnostics found;
  RunDocument run = read_run_object(document, found);
  diagnostics.add(in_document_order(found));
  run.faulty = found.has_errors();
  return run;
}

std::optional<RunDocument> read_run(const Value& document, Diagnostics& diagnostics) {
  RunDocument run = read_faulty_run(document, diagnostics);
  return run.faulty ? std::nullopt : std::optional(std::move(run));
}

}  // namespace skein
