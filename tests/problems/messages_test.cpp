// Golden texts: every document in messages/ has a problem and gives exactly the findings in the .txt file beside it.
#include <doctest/doctest.h>

#include <algorithm>
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
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what)) text.replace(at, what.size(), with);
  return text;
}

}  // namespace

TEST_CASE("golden texts of what problems and transforms report") {
  Session session = problem_session();
  // An encoding whose solutions are no real vectors, and a problem that has it.
  EncodingSpec encoding;
  encoding.name = "steps";
  encoding.solution = "integer[d]";
  session.registry().add(encoding);
  ProblemSpec stairs;
  stairs.name = "stairs";
  stairs.encoding = "steps";
  stairs.create = [](const ProblemSpec&, std::span<const Value>, Diagnostics& diagnostics) {
    RealVectorProblem description;
    description.name = "stairs";
    description.point_function = [](std::span<const double>) { return 0.0; };
    auto problem = std::make_shared<Problem>(*make_problem(description, diagnostics));
    problem->encoding = "steps";
    problem->published.clear();
    return std::shared_ptr<const Problem>(problem);
  };
  session.registry().add(stairs);

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
