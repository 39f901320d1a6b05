// A run that is left at any node, and gone on with by another session from its file.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "skein/checkpoint_file.hpp"
#include "skein/host_problem.hpp"
#include "skein/operator.hpp"
#include "tests/plugins/host_swarm.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/support/file_checksum.hpp"
#include "tests/support/sanitizer.hpp"

namespace {

using namespace skein;
using namespace skein::tests;
namespace fs = std::filesystem;

struct TemporaryFolder {
  fs::path path = fs::temp_directory_path() / ("skein_checkpoints_" + std::to_string(::getpid()));
  TemporaryFolder() { fs::create_directories(path); }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  [[nodiscard]] std::string file(const char* name) const { return (path / name).string(); }
};

std::string document(bool asynchronous, int iterations = 6) {
  return R"({"format": "skein/1", "run": "paused", "algorithm": {"name": "particle_swarm",
      "parameters": {"swarm_size": 12, "asynchronous": )" +
         std::string(asynchronous ? "true" : "false") + R"(},
      "slots": {"topology_initializer": "random_distinct", "topology_updater": "multi_swarm",
        "inertia_updater": "linear_schedule", "analyzer": "best_average_worst_quality"}},
      "problem": {"name": "ackley", "dimension": 7, "transform": [{"rotate": 2}, {"noise": {"sigma": 0.1}}]},
      "seed": 18446744073709551615, "stop": {"iterations": )" +
         std::to_string(iterations) + "}}";
}

std::vector<std::uint64_t> bits_of(const Result& result) {
  std::vector<std::uint64_t> bits = {result.evaluations, std::bit_cast<std::uint64_t>(result.best_quality.value())};
  for (const Value& value : result.best_solution.list()) bits.push_back(std::bit_cast<std::uint64_t>(value.number()));
  for (const auto& row : result.histories.front().rows) {
    for (const double number : row) bits.push_back(std::bit_cast<std::uint64_t>(number));
  }
  return bits;
}

std::string content_of(const std::string& file) {
  std::ostringstream content;
  content << std::ifstream(file, std::ios::binary).rdbuf();
  return content.str();
}

/// An object whose state cannot be written.
class Sealed final : public ObjectVariable {
 public:
  static constexpr std::string_view type = "sealed";
  [[nodiscard]] std::string_view type_name() const noexcept override { return type; }
  [[nodiscard]] std::size_t size_in_bytes() const noexcept override { return 0; }
  [[nodiscard]] std::unique_ptr<ObjectVariable> clone() const override { return std::make_unique<Sealed>(*this); }
  void save(StateWriter&) const override { throw std::runtime_error("sealed"); }
  void load(StateReader&) override {}
  void rows_changed(const RowMap&) override {}
};

struct Seal {
  static constexpr std::string_view name = "seal";
  static constexpr std::string_view summary = "keeps what cannot be written";
  static constexpr std::array<std::string_view, 1> roles = {"analyzer"};
  struct Ports {
    In<std::int64_t> iterations;
    InOutObject<Sealed> sealed;
  };
  static constexpr auto ports = std::tuple{in("iterations", &Ports::iterations, "integer", "iterations so far"),
                                           hidden("sealed", &Ports::sealed, "sealed", "what cannot be written")};
  static void run(const Ports&, StepContext&) {}
};

/// As another process would.
std::vector<std::uint64_t> bits_of_the_rest(const std::string& file) {
  const Session session = full_session();
  Diagnostics diagnostics;
  const auto head = read_checkpoint_head(file, diagnostics);
  REQUIRE_MESSAGE(head.has_value(), all_text(diagnostics));
  auto job = prepare_checkpoint(session, *head, file, diagnostics);
  REQUIRE_MESSAGE(job.has_value(), all_text(diagnostics));
  job->options.threads = 2;
  Run run(job->plan, job->options);
  REQUIRE_MESSAGE(restore_checkpoint_file(file, run, diagnostics), all_text(diagnostics));
  REQUIRE(run.advance() == RunState::finished);
  return bits_of(make_result(*job, run));
}

}  // namespace

TEST_CASE("checkpoint files: a run that is left at any node ends with the same bits elsewhere") {
  const TemporaryFolder folder;
  const std::string file = folder.file("state");
  const Session session = full_session();
  for (const bool asynchronous : {false, true}) {
    const Job job = prepared(session, document(asynchronous));
    Run whole(job.plan, job.options);
    REQUIRE(whole.advance() == RunState::finished);
    const auto expected = bits_of(make_result(job, whole));
    Run run(job.plan, job.options);
    Diagnostics diagnostics;
    std::size_t nodes = 0;
    for (; run.state() != RunState::finished; run.advance(Advance::one_step), ++nodes) {
      if (nodes % (asynchronous ? 23 : one_case_of) != 0) continue;
      REQUIRE(write_checkpoint_file(file, job, run, "", diagnostics));
      CAPTURE(nodes);
      const bool same = bits_of_the_rest(file) == expected;
      CHECK(same);
    }
    CHECK(nodes > 50);
  }
}

TEST_CASE("checkpoint files: what they were made with has to be there again") {
  const TemporaryFolder folder;
  const std::string file = folder.file("state");
  const Session session = full_session();
  const Job job = prepared(session, document(false));
  Run run(job.plan, job.options);
  run.advance_iterations(3);
  Diagnostics diagnostics;
  REQUIRE(write_checkpoint_file(file, job, run, "40", diagnostics));
  auto head = read_checkpoint_head(file, diagnostics);
  REQUIRE(head.has_value());
  CHECK(head->iterations == 3);
  CHECK(head->evaluations == 12 * 4);
  CHECK(head->seed == 18446744073709551615U);
  CHECK(head->every == "40");

  head->plugins.front().version = "0.0.9";
  CHECK_FALSE(prepare_checkpoint(session, *head, file, diagnostics).has_value());
  REQUIRE(diagnostics.items().size() == 1);
  CHECK(diagnostics.items().front().code == "checkpoint-other-plugin");
  const std::string name = head->plugins.front().name;
  CHECK(diagnostics.items().front().found.starts_with("plugin " + name + ": 0.0.9 in the checkpoint, "));

  std::string differences;
  for (const char* other : {"swarm_size\": 12", "sigma\": 0.1", "rotate\": 2", "iterations\": 6"}) {
    CAPTURE(other);
    std::string text = document(false);
    text.replace(text.find(other) + std::string(other).size() - 1, 1, "7");
    const Job another = prepared(session, text);
    Run stranger(another.plan, another.options);
    Diagnostics refused;
    CHECK_FALSE(restore_checkpoint_file(file, stranger, refused));
    REQUIRE(refused.items().size() == 1);
    CHECK(refused.items().front().code == "checkpoint-other-plan");
    differences += refused.items().front().found + "\n";
  }
  CHECK(differences ==
        "population 'swarm': 12 rows in the checkpoint, 17 rows here\n"
        "the problem of the document is another one\n"
        "the problem of the document is another one\n"
        "node 'main loop/stop?' has other parameters\n");
}

TEST_CASE("checkpoint files: what is no file keeps its place") {
  const TemporaryFolder folder;
  const std::string pipe = folder.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const Session session = full_session();
  const Job job = prepared(session, document(false));
  const Run run(job.plan, job.options);
  Diagnostics diagnostics;
  CHECK_FALSE(write_checkpoint_file(pipe, job, run, "", diagnostics));
  CHECK(all_text(diagnostics) == pipe + ": error: the checkpoint \"" + pipe +
                                     "\" cannot be written [output-unwritable]\n  found: no regular file\n");
  CHECK(fs::is_fifo(pipe));
  CHECK(std::distance(fs::directory_iterator(folder.path), {}) == 1);
}

TEST_CASE("checkpoint files: another version of the engine is refused, before anything else is asked") {
  const TemporaryFolder folder;
  const std::string file = folder.file("state");
  const Session session = full_session();
  const Job job = prepared(session, document(false));
  Run run(job.plan, job.options);
  run.advance_iterations(3);
  Diagnostics diagnostics;
  REQUIRE(write_checkpoint_file(file, job, run, "", diagnostics));
  auto head = read_checkpoint_head(file, diagnostics);
  REQUIRE(head.has_value());
  const std::string version = std::exchange(head->engine, "0.0.9");
  CHECK_FALSE(version.empty());
  head->plugins.clear();
  CHECK_FALSE(prepare_checkpoint(session, *head, file, diagnostics).has_value());
  const std::string refusal = file +
                              ": error: The checkpoint was made by another version of Skein. "
                              "[checkpoint-other-engine]\n  found: version 0.0.9 in the checkpoint, " +
                              version + " here\n  suggestion: the version that it was made with, or a new run\n";
  CHECK(all_text(diagnostics) == refusal);

  // A program that makes the job itself is told, too.
  std::string content = content_of(file);
  const std::size_t lines = content.find('\n', content.find('\n') + 1) + 1;
  std::string begin = content.substr(0, lines);
  const std::string said = "\"engine\": \"" + version + "\"";
  REQUIRE(begin.find(said) != std::string::npos);
  begin.replace(begin.find(said), said.size(), "\"engine\": \"0.0.9\"");
  std::ofstream(file, std::ios::binary | std::ios::trunc) << begin << file_checksum(begin) << "\n"
                                                          << content.substr(lines + 17);
  Run other(job.plan, job.options);
  Diagnostics found;
  CHECK_FALSE(restore_checkpoint_file(file, other, found));
  CHECK(all_text(found) == refusal);
}

TEST_CASE("checkpoint files: a run on a problem of the host goes on in another program") {
  const TemporaryFolder folder;
  const std::string file = folder.file("state");
  const auto bowls = [](const char* name, std::size_t dimension, const char* objective = "quality") {
    HostProblem description = bowl_problem(dimension);
    description.name = name;
    description.objectives.front().name = objective;
    description.objective = bowl;
    Diagnostics diagnostics;
    return make_problem(std::move(description), diagnostics);
  };
  const RunDocument wanted = swarm_document(12, 9);
  std::vector<std::uint64_t> expected;
  Diagnostics diagnostics;
  {
    const Session session = full_session();
    expected = undisturbed_bits(session, wanted);
    const auto job = session.prepare(wanted, bowls("bowl", 4), diagnostics);
    REQUIRE(job.has_value());
    Run run(job->plan, job->options);
    run.advance_iterations(4);
    REQUIRE(write_checkpoint_file(file, *job, run, "", diagnostics));
  }
  const Session session = full_session();
  const auto head = read_checkpoint_head(file, diagnostics);
  REQUIRE(head.has_value());
  const auto job = prepare_checkpoint(session, *head, file, bowls("bowl", 4), diagnostics);
  REQUIRE_MESSAGE(job.has_value(), all_text(diagnostics));
  Run run(job->plan, job->options);
  REQUIRE_MESSAGE(restore_checkpoint_file(file, run, diagnostics), all_text(diagnostics));
  CHECK(run.evaluations() == 12 * 5);
  CHECK(run.advance() == RunState::finished);
  CHECK(found_bits(*job, run) == expected);

  const auto refusal = [&](const char* name, std::size_t dimension, const char* objective = "quality") {
    Diagnostics found;
    CHECK_FALSE(prepare_checkpoint(session, *head, file, bowls(name, dimension, objective), found).has_value());
    return all_text(found);
  };
  const std::string begin =
      file + ": error: The checkpoint belongs to a run on another problem. [checkpoint-other-problem]\n  found: ";
  const std::string end = "\n  suggestion: the problem that it was made with, or a new run\n";
  CHECK(refusal("bowl", 5) == begin + "problem.dimension: 4 in the checkpoint, 5 here" + end);
  CHECK(refusal("bowl", 4, "depth") ==
        begin + R"(problem.objectives[0]: "quality minimized" in the checkpoint, "depth minimized" here)" + end);
  CHECK(refusal("cup", 4) == begin + "problem.name: bowl in the checkpoint, cup here" + end);
  Diagnostics without;
  CHECK_FALSE(prepare_checkpoint(session, *head, file, without).has_value());
  CHECK(all_text(without).find("'bowl'") != std::string::npos);
}

TEST_CASE("checkpoint files: where the state of an object cannot be written, the file before stays, and nothing else") {
  const TemporaryFolder folder;
  const std::string file = folder.file("state");
  Session session = full_session();
  session.registry().add_object_type(std::string(Sealed::type),
                                     []() -> std::unique_ptr<ObjectVariable> { return std::make_unique<Sealed>(); });
  session.registry().add(operator_table<Seal>());
  std::string with_seal = document(false);
  const std::string analyzer = "best_average_worst_quality";
  with_seal.replace(with_seal.find(analyzer), analyzer.size(), "seal");
  const Job job = prepared(session, with_seal);
  Run run(job.plan, job.options);
  run.advance_iterations(3);
  std::ofstream(file) << "as before";
  Diagnostics diagnostics;
  CHECK_THROWS_WITH_AS(static_cast<void>(write_checkpoint_file(file, job, run, "40", diagnostics)), "sealed",
                       std::runtime_error);
  CHECK(content_of(file) == "as before");
  CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 1);
}

TEST_CASE("checkpoint files: no byte can be changed, and the file be cut nowhere, without a refusal") {
  const TemporaryFolder folder;
  const std::string file = folder.file("state");
  const Session session = full_session();
  const Job job = prepared(session, document(false));
  Run run(job.plan, job.options);
  run.advance_iterations(3);
  Diagnostics diagnostics;
  REQUIRE(write_checkpoint_file(file, job, run, "40", diagnostics));
  const Job other_job = prepared(session, document(true));
  CHECK_THROWS_WITH_AS(static_cast<void>(write_checkpoint_file(file, other_job, run, "40", diagnostics)),
                       "the run to write is no run of the job", std::invalid_argument);
  const std::string sound = content_of(file);
  REQUIRE(verify_checkpoint_file(file, diagnostics));
  Run other(job.plan, job.options);
  const auto refused = [&](const std::string& damaged) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << damaged;
    Diagnostics verified;
    CHECK_FALSE(verify_checkpoint_file(file, verified));
    CHECK(verified.error_count() == 1);
    Diagnostics found;
    const bool restored = read_checkpoint_head(file, found).has_value() && restore_checkpoint_file(file, other, found);
    CHECK_FALSE(restored);
    CHECK(found.error_count() == 1);
  };
  // A file may end behind a checksum of its own that is sound: behind the first lines, and behind the header that
  // follows.
  std::size_t body = 0;
  for (int line = 0; line < 3; ++line) body = sound.find('\n', body) + 1;
  const auto is_cut = [&](std::size_t place) { return place % 7 == 0 || (place >= body && place <= body + 100); };
  for (std::size_t place = 0; place < sound.size(); ++place) {
    CAPTURE(place);
    if (is_cut(place)) refused(sound.substr(0, place));
    if (place % one_case_of != 0) continue;
    std::string damaged = sound;
    damaged[place] = static_cast<char>(static_cast<unsigned char>(damaged[place]) ^ (place % 2 == 0 ? 0x01U : 0x80U));
    refused(damaged);
  }
}

TEST_CASE("advance_iterations returns after the iterations it was asked for, and changes no bit") {
  const Session session = full_session();
  const Job job = prepared(session, document(false, 40));
  Run whole(job.plan, job.options);
  REQUIRE(whole.advance() == RunState::finished);
  Run run(job.plan, job.options);
  std::int64_t expected = 0;
  for (const std::uint64_t count : {1U, 1U, 5U, 30U}) {
    CHECK(run.advance_iterations(count) == RunState::ready);
    expected += static_cast<std::int64_t>(count);
    CHECK(make_result(job, run).iterations == expected);
    CHECK(run.evaluations() == 12 * static_cast<std::uint64_t>(expected + 1));
  }
  CHECK(run.advance_iterations(1000) == RunState::finished);
  const bool same = bits_of(make_result(job, run)) == bits_of(make_result(job, whole));
  CHECK(same);
}
