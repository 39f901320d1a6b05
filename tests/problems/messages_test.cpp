// Golden texts: every document in messages/ has a problem and gives exactly the findings in the .txt file beside it.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "skein/encodings/real_vector_problem.hpp"
#include "tests/problems/documents.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream stream(path);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what))
    text.replace(at, what.size(), with);
  return text;
}

void other_encoding(Problem& problem, OperatorTable&) { problem.encoding = "steps"; }
void no_bounds(Problem& problem, OperatorTable&) { problem.published.clear(); }
void no_evaluator(Problem& problem, OperatorTable&) { problem.evaluator = nullptr; }
void step_evaluator(Problem&, OperatorTable& table) { table.kind = OperatorKind::step; }
void gathering_evaluator(Problem&, OperatorTable& table) {
  static std::array<PortSpec, 2> ports;
  std::ranges::copy(table.ports, ports.begin());
  ports[0].access = Access::any;
  table.ports = ports;
}
void crowded_evaluator(Problem&, OperatorTable& table) {
  static std::array<PortSpec, 16> ports;
  std::ranges::copy(table.ports, ports.begin());
  table.ports = ports;
}

/// A problem of the encoding `real_vector`, with a change.
template <void (*change)(Problem&, OperatorTable&)>
void add_problem(Session& session, const std::string& name) {
  ProblemSpec spec;
  spec.name = name;
  spec.encoding = "real_vector";
  spec.create = [](const ProblemSpec& made, std::span<const Value>, Diagnostics& diagnostics) {
    RealVectorProblem description;
    description.name = made.name;
    description.point_function = [](std::span<const double>) { return 0.0; };
    auto problem = std::make_shared<Problem>(*make_problem(description, diagnostics));
    auto table = std::make_shared<OperatorTable>(*problem->evaluator);
    problem->evaluator = table;
    change(*problem, *table);
    return std::shared_ptr<const Problem>(problem);
  };
  session.registry().add(spec);
}

}  // namespace

TEST_CASE("golden texts of what problems and transforms report") {
  Session session = problem_session();
  // An encoding whose solutions are no real vectors, problems whose evaluators cannot be wrapped, and one without
  // bounds.
  EncodingSpec encoding;
  encoding.name = "steps";
  encoding.solution = "integer[d]";
  session.registry().add(encoding);
  add_problem<&other_encoding>(session, "stairs");
  add_problem<&no_evaluator>(session, "blank");
  add_problem<&step_evaluator>(session, "whole");
  add_problem<&gathering_evaluator>(session, "gathering");
  add_problem<&crowded_evaluator>(session, "crowded");
  add_problem<&no_bounds>(session, "boundless");

  std::vector<std::filesystem::path> files;
  const std::filesystem::path folder = SKEIN_SOURCE_DIR "/tests/problems/messages";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  REQUIRE(files.size() >= 10);
  for (auto file : files) {
    CAPTURE(file.filename().string());
    Diagnostics diagnostics;
    const auto document = session.read_run(content_of(file), (folder / file.filename()).string(), diagnostics);
    if (document) static_cast<void>(session.make_problem(document->problem, diagnostics));
    std::string found;
    for (const Diagnostic& diagnostic : diagnostics.items()) {
      CHECK(diagnostic.where.line != 0);
      CHECK_FALSE(diagnostic.path.empty());
      found += to_text(diagnostic) + "\n";
    }
    found = replaced(found, folder.string() + "/", "");
    file.replace_extension(".txt");
    if (std::getenv("SKEIN_WRITE_GOLDEN") != nullptr) std::ofstream(file) << found;
    CHECK(found == content_of(file));
  }
}
