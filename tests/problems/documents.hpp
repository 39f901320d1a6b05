// Problems as run documents name them, transforms included.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "skein/encodings/real_vector.hpp"
#include "skein/operators.hpp"
#include "skein/problems/atom_clusters.hpp"
#include "skein/problems/controller_tuning.hpp"
#include "skein/problems/engineering_designs.hpp"
#include "skein/problems/expression.hpp"
#include "skein/problems/external_program.hpp"
#include "skein/problems/test_functions.hpp"
#include "skein/session.hpp"
#include "tests/problems/catalogue.hpp"

namespace skein::testing {

/// A session with the operators, the encoding `real_vector` and all problems.
inline Session problem_session() {
  Session session;
  Registry& registry = session.registry();
  registry.begin_plugin("operators");
  register_operators(registry);
  registry.begin_plugin("real_vector");
  register_real_vector(registry);
  registry.begin_plugin("test_functions");
  register_test_functions(registry);
  register_engineering_designs(registry);
  register_atom_clusters(registry);
  register_controller_tuning(registry);
  register_expression(registry);
  register_external_program(registry);
  REQUIRE(registry.diagnostics().empty());
  return session;
}

/// A run document around the text of a problem; `file` is where it stands.
inline std::optional<RunDocument> document_of(const Session& session, const std::string& problem,
                                              Diagnostics& diagnostics, const std::string& file = "r.json") {
  return session.read_run(R"({"format": "skein/1", "algorithm": "none", "problem": )" + problem + "}", file,
                          diagnostics);
}

/// The problem, or nothing with what is wrong in `diagnostics`.
inline std::shared_ptr<const Problem> problem_of(const Session& session, const std::string& text,
                                                 Diagnostics& diagnostics, const std::string& file = "r.json") {
  const auto document = document_of(session, text, diagnostics, file);
  return document ? session.make_problem(document->problem, diagnostics) : nullptr;
}

/// The problem of a right text.
inline std::shared_ptr<const Problem> problem_of(const Session& session, const std::string& text) {
  Diagnostics diagnostics;
  auto problem = problem_of(session, text, diagnostics);
  for (const Diagnostic& finding : diagnostics.items())
    CHECK_MESSAGE(finding.severity != Severity::error, to_text(finding));
  REQUIRE(problem != nullptr);
  return problem;
}

/// Violation and objectives of points, one after the other, as they are minimized.
inline std::vector<double> fitness(const Problem& problem, const std::vector<double>& points,
                                   const RunOptions& options = {}) {
  SingleOperator single(*problem.evaluator, points.size() / problem.dimension, problem.dimension);
  single.objectives(problem.objectives.size()).bind("position", points).run(options);
  for (const Diagnostic& finding : single.diagnostics().items()) FAIL_CHECK(to_text(finding));
  return single.content("fitness");
}

}  // namespace skein::testing
