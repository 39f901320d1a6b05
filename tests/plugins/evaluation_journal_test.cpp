// Evaluations that are on disk before they are used, and paid for once.
#include <doctest/doctest.h>
#include <unistd.h>

#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "skein/ask_tell.hpp"
#include "skein/checkpoint_file.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/evaluation_journal.hpp"
#include "tests/plugins/host_swarm.hpp"
#include "tests/plugins/prepared_run.hpp"

namespace {

using namespace skein;
using namespace skein::tests;
namespace fs = std::filesystem;

struct TemporaryFolder {
  fs::path path = fs::temp_directory_path() / ("skein_journals_" + std::to_string(::getpid()));
  TemporaryFolder() { fs::create_directories(path); }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  [[nodiscard]] std::string file(const char* name) const { return (path / name).string(); }
};

std::string content_of(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const std::string& file, const std::string& content) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
}

std::atomic<std::uint64_t> paid = 0;                       ///< calls of the objective
std::atomic<std::uint64_t> last_call = ~std::uint64_t{0};  ///< the objective throws after that many
std::atomic<double> refused_from = 2.0;                    ///< the objective throws where x[0] is larger

double expensive(std::span<const double> x) {
  if (x[0] > refused_from) throw std::runtime_error("out of reach");
  if (paid >= last_call) throw std::runtime_error("the simulator is gone");
  ++paid;
  double sum = 0;
  for (const double coordinate : x) sum += std::abs(coordinate) + std::cos(3 * coordinate);
  return sum;
}

std::shared_ptr<const Problem> create(const ProblemSpec&, std::span<const Value>, Diagnostics& diagnostics) {
  RealVectorProblem problem;
  problem.name = "expensive";
  problem.dimension = 5;
  problem.point_function = &expensive;
  return make_problem(std::move(problem), diagnostics);
}

/// Everything built in, and a host's objective that counts its calls.
Session counting_session() {
  Session session = full_session();
  ProblemSpec spec;
  spec.name = "expensive";
  spec.summary = "counts its calls";
  spec.encoding = "real_vector";
  spec.create = &create;
  session.registry().add(spec);
  paid = 0;
  last_call = ~std::uint64_t{0};
  refused_from = 2.0;
  return session;
}

std::string document(const std::string& problem = R"({"name": "expensive"})", const std::string& more = "") {
  return R"({"format": "skein/1", "run": "kept", "algorithm": {"name": "particle_swarm",
      "parameters": {"swarm_size": 10}, "slots": {"topology_initializer": "random_distinct",
      "analyzer": "best_average_worst_quality"}}, "problem": )" +
         problem + R"(, "seed": 7, "stop": {"iterations": 8})" + more + "}";
}

constexpr std::uint64_t all_evaluations = 10 * 9;

std::vector<std::uint64_t> bits_of(const Result& result) {
  std::vector<std::uint64_t> bits = {result.evaluations, result.failed_evaluations,
                                     std::bit_cast<std::uint64_t>(result.best_quality.value())};
  for (const Value& value : result.best_solution.list()) bits.push_back(std::bit_cast<std::uint64_t>(value.number()));
  for (const auto& row : result.histories.front().rows) {
    for (const double number : row) bits.push_back(std::bit_cast<std::uint64_t>(number));
  }
  return bits;
}

Job with_journal(Job job, const std::string& file, std::size_t threads = 1) {
  Diagnostics diagnostics;
  job.options.threads = threads;
  job.options.journal = EvaluationJournal::open(file, job, diagnostics);
  REQUIRE_MESSAGE(job.options.journal != nullptr, all_text(diagnostics));
  return job;
}

std::vector<std::uint64_t> bits_of_whole_run(const Job& job) {
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::finished);
  return bits_of(make_result(job, run));
}

std::string finding(const Session& session, const std::string& text, const std::string& file) {
  const Job job = prepared(session, text);
  Diagnostics diagnostics;
  static_cast<void>(EvaluationJournal::open(file, job, diagnostics));
  return all_text(diagnostics);
}

}  // namespace

TEST_CASE("journal: a run that comes to its evaluations again takes them from the file") {
  const TemporaryFolder folder;
  const Session session = counting_session();
  const Job job = prepared(session, document());
  const auto expected = bits_of_whole_run(job);
  paid = 0;
  CHECK(bits_of_whole_run(with_journal(job, folder.file("journal"))) == expected);
  CHECK(paid == all_evaluations);
  for (const std::size_t threads : {1U, 4U}) {
    const Job again = with_journal(job, folder.file("journal"), threads);
    CHECK(again.options.journal->found() == all_evaluations);
    CHECK(bits_of_whole_run(again) == expected);
    CHECK(again.options.journal->reused() == all_evaluations);
    CHECK(again.options.journal->recorded() == 0);
  }
  CHECK(paid == all_evaluations);
}

TEST_CASE("journal: a run that begins again with the same journal pays for nothing") {
  const TemporaryFolder folder;
  const Session session = counting_session();
  const Job job = with_journal(prepared(session, document()), folder.file("journal"));
  paid = 0;
  const auto expected = bits_of_whole_run(job);
  CHECK(paid == all_evaluations);
  CHECK(bits_of_whole_run(job) == expected);
  CHECK(paid == all_evaluations);
  CHECK(job.options.journal->reused() == all_evaluations);
}

TEST_CASE("journal: whatever part of it a crash has left, the rest is paid for and no more") {
  const TemporaryFolder folder;
  const std::string file = folder.file("journal");
  const Session session = counting_session();
  const Job job = prepared(session, document());
  const auto expected = bits_of_whole_run(job);
  static_cast<void>(bits_of_whole_run(with_journal(job, file, 4)));
  const std::string whole = content_of(file);
  constexpr std::size_t record_bytes = 56 + 2 * 8 + 8;
  const std::size_t head_bytes = whole.size() - all_evaluations * record_bytes;
  for (const std::size_t torn : {0U, 1U, 40U, 79U}) {
    for (const std::size_t kept : {0U, 1U, 9U, 10U, 37U, 89U}) {
      CAPTURE(torn);
      CAPTURE(kept);
      write(file, whole.substr(0, head_bytes + kept * record_bytes + torn));
      paid = 0;
      CHECK(bits_of_whole_run(with_journal(job, file, 2)) == expected);
      CHECK(paid == all_evaluations - kept);
      CHECK(content_of(file).size() == whole.size());
    }
  }
}

TEST_CASE("journal: damaged bytes cost at most the evaluations that they stand in, and never change a result") {
  const TemporaryFolder folder;
  const std::string file = folder.file("journal");
  const Session session = counting_session();
  const Job job = prepared(session, document(R"({"name": "expensive"})"));
  const auto expected = bits_of_whole_run(job);
  static_cast<void>(bits_of_whole_run(with_journal(job, file)));
  const std::string whole = content_of(file);
  const std::size_t records = whole.size() - all_evaluations * 80;
  for (std::size_t place = 0; place < whole.size(); place += place < records + 400 ? 1 : 37) {
    CAPTURE(place);
    std::string damaged = whole;
    damaged[place] = static_cast<char>(~damaged[place]);
    write(file, damaged);
    Diagnostics diagnostics;
    Job again = job;
    again.options.journal = EvaluationJournal::open(file, job, diagnostics);
    if (place < records) {
      CHECK(again.options.journal == nullptr);
      CHECK(diagnostics.error_count() == 1);
      CHECK(content_of(file) == damaged);
      continue;
    }
    REQUIRE(again.options.journal != nullptr);
    paid = 0;
    CHECK(bits_of_whole_run(again) == expected);
    CHECK(paid == 1);
  }
  // A few evaluations, and first lines whose ends are damaged: they are not taken for a beginning.
  for (std::size_t place = 0; place < records; ++place) {
    if (whole[place] != '\n') continue;
    CAPTURE(place);
    std::string damaged = whole.substr(0, records + 2 * 80);
    damaged[place] = 'x';
    write(file, damaged);
    CHECK_FALSE(finding(session, document(), file).empty());
    CHECK(content_of(file) == damaged);
  }
  std::string gap = whole;
  gap.erase(records + 3 * 80 + 20, 100);
  write(file, gap);
  CHECK(finding(session, document(), file) ==
        file +
            ": warning: Parts of the journal are damaged: what they held is evaluated again. [journal-damaged]\n"
            "  found: 60 bytes\n");
}

TEST_CASE("journal: what was evaluated since a checkpoint is not paid for again") {
  const TemporaryFolder folder;
  const std::string state = folder.file("state");
  const Session session = counting_session();
  for (const char* problem :
       {R"({"name": "expensive"})", R"({"name": "expensive", "transform": [{"noise": {"sigma": 0.1}}]})",
        R"({"name": "expensive", "transform": [{"rotate": 3}, {"noise": {"sigma": 0.1, "kind": "multiplicative"}},
           {"shift": 2}]})"}) {
    CAPTURE(problem);
    const std::string file = folder.file("journal");
    fs::remove(file);
    const Job job = prepared(session, document(problem));
    const auto expected = bits_of_whole_run(job);
    paid = 0;
    Diagnostics diagnostics;
    {
      const Job first = with_journal(job, file, 2);
      Run run(first.plan, first.options);
      run.advance_iterations(3);
      REQUIRE(write_checkpoint_file(state, first, run, "", diagnostics));
      run.advance_iterations(3);
    }
    CHECK(paid == 10 * 7);
    const auto head = read_checkpoint_head(state, diagnostics);
    REQUIRE(head.has_value());
    CHECK(head->journal == file);
    auto second = prepare_checkpoint(session, *head, state, diagnostics);
    REQUIRE_MESSAGE(second.has_value(), all_text(diagnostics));
    const Job rest = with_journal(*second, head->journal);
    Run run(rest.plan, rest.options);
    REQUIRE(restore_checkpoint_file(state, run, diagnostics));
    REQUIRE(run.advance() == RunState::finished);
    CHECK(bits_of(make_result(rest, run)) == expected);
    CHECK(paid == all_evaluations);
    CHECK(rest.options.journal->reused() == 10 * 3);
    CHECK(rest.options.journal->recorded() == 10 * 2);
    // Back once more, in the same process.
    REQUIRE(restore_checkpoint_file(state, run, diagnostics));
    REQUIRE(run.advance() == RunState::finished);
    CHECK(bits_of(make_result(rest, run)) == expected);
    CHECK(paid == all_evaluations);
  }
}

TEST_CASE("journal: in the middle of an evaluation that fails, what is done is kept") {
  const TemporaryFolder folder;
  const std::string file = folder.file("journal");
  const Session session = counting_session();
  const Job job = prepared(session, document());
  const auto expected = bits_of_whole_run(job);
  for (const std::uint64_t calls : {0U, 4U, 10U, 33U, 89U}) {
    CAPTURE(calls);
    fs::remove(file);
    paid = 0;
    last_call = calls;
    {
      const Job first = with_journal(job, file);
      Run run(first.plan, first.options);
      CHECK(run.advance() == RunState::failed);
      CHECK(first.options.journal->recorded() == calls);
    }
    last_call = ~std::uint64_t{0};
    CHECK(bits_of_whole_run(with_journal(job, file)) == expected);
    CHECK(paid == all_evaluations);
  }
}

TEST_CASE("journal: with the policies worst and retry") {
  const TemporaryFolder folder;
  for (const char* policy : {R"(, "on_error": "worst")", R"(, "on_error": "retry")"}) {
    CAPTURE(policy);
    const std::string file = folder.file("journal");
    fs::remove(file);
    const Session session = counting_session();
    const Job job = prepared(session, document(R"({"name": "expensive"})", policy));
    const bool accepts = job.options.on_error == ErrorPolicy::worst;
    refused_from = accepts ? 0.3 : 2.0;
    const auto expected = bits_of_whole_run(job);
    CHECK((expected[1] > 0) == accepts);
    paid = 0;
    CHECK(bits_of_whole_run(with_journal(job, file, 2)) == expected);
    const std::uint64_t once = paid;
    CHECK(once == all_evaluations - expected[1]);
    refused_from = 2.0;  // what failed would succeed now, and make it another run
    CHECK(bits_of_whole_run(with_journal(job, file)) == expected);
    CHECK(paid == once);
  }
}

TEST_CASE("journal: evaluators that cannot fail, whole and drawing ones") {
  const TemporaryFolder folder;
  const Session session = full_session();
  for (const char* problem :
       {R"({"name": "rastrigin", "dimension": 5})", R"({"name": "ackley", "dimension": 700})",
        R"({"name": "random", "dimension": 5})",
        R"({"name": "sphere", "dimension": 5, "transform": [{"rotate": 1}, {"noise": {"sigma": 0.1}}]})"}) {
    CAPTURE(problem);
    const std::string file = folder.file("journal");
    fs::remove(file);
    const Job job = prepared(session, document(problem));
    const auto expected = bits_of_whole_run(job);
    {
      const Job first = with_journal(job, file, 2);
      CHECK(bits_of_whole_run(first) == expected);
      CHECK(first.options.journal->recorded() == all_evaluations);
    }
    const std::string whole = content_of(file);
    const std::size_t size = whole.size() - 80 * 33;
    write(file, whole.substr(0, size));
    const Job again = with_journal(job, file, 2);
    CHECK(bits_of_whole_run(again) == expected);
    CHECK(again.options.journal->reused() == all_evaluations - 33);
    CHECK(again.options.journal->recorded() == 33);
  }
}

TEST_CASE("journal: one particle after another") {
  const TemporaryFolder folder;
  const Session session = counting_session();
  std::string text = document();
  text.replace(text.find("10}"), 3, R"(10, "asynchronous": true})");
  const Job job = prepared(session, text);
  const auto expected = bits_of_whole_run(job);
  paid = 0;
  last_call = 47;
  {
    const Job first = with_journal(job, folder.file("journal"));
    Run run(first.plan, first.options);
    CHECK(run.advance() == RunState::failed);
  }
  last_call = ~std::uint64_t{0};
  CHECK(bits_of_whole_run(with_journal(job, folder.file("journal"))) == expected);
  CHECK(paid == all_evaluations);
}

TEST_CASE("journal: what a local search evaluates within a step") {
  const TemporaryFolder folder;
  const std::string file = folder.file("journal");
  const Session session = counting_session();
  const Job job = prepared(session, R"({"format": "skein/1", "algorithm": {"name": "memetic_particle_swarm",
    "parameters": {"swarm_size": 6, "local_search_interval": 3, "local_searches": 2, "local_search_budget": 25}},
    "problem": "expensive", "seed": 7, "stop": {"iterations": 8}})");
  const auto bits = [](const Job& of) {
    Run run(of.plan, of.options);
    REQUIRE(run.advance() == RunState::finished);
    const Result result = make_result(of, run);
    return std::pair(result.evaluations, std::bit_cast<std::uint64_t>(result.best_quality.value()));
  };
  paid = 0;
  const auto expected = bits(job);
  const std::uint64_t all = paid;
  CHECK(all == expected.first);
  CHECK(all > 6 * 9);
  for (const std::uint64_t calls : {5U, 30U, 40U, 77U}) {
    CAPTURE(calls);
    REQUIRE(calls < all);
    fs::remove(file);
    paid = 0;
    last_call = calls;
    {
      const Job first = with_journal(job, file, 2);
      Run run(first.plan, first.options);
      CHECK(run.advance() == RunState::failed);
    }
    last_call = ~std::uint64_t{0};
    CHECK(bits(with_journal(job, file, 2)) == expected);
    CHECK(paid == all);
  }
}

TEST_CASE("journal: values that a host tells are kept when they are told") {
  const TemporaryFolder folder;
  const std::string file = folder.file("journal");
  const Session session = full_session();
  const Job job = host_job(session, bowl_problem(), swarm_document());
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, swarm_document());
  std::size_t told = 0;
  {
    const Job first = with_journal(job, file);
    Run run(first.plan, first.options);
    AskTell host(run, first);
    for (int batches = 0; batches < 3; ++batches) {
      const Batch batch = host.ask();
      for (const std::size_t i : {7U, 2U, 5U, 0U, 9U, 1U, 3U, 4U, 6U, 8U}) {
        if (batches == 2 && i == 1) break;  // here it is killed
        batch.tell(i, bowl(batch.numbers(i)));
        ++told;
      }
    }
    CHECK(first.options.journal->recorded() == told);
  }
  CHECK(told == 25);
  const Job second = with_journal(job, file);
  Run run(second.plan, second.options);
  AskTell host(run, second);
  while (const Batch batch = host.ask()) {
    for (std::size_t i = 0; i < batch.size(); ++i, ++told) batch.tell(i, bowl(batch.numbers(i)));
  }
  CHECK(run.state() == RunState::finished);
  CHECK(told == 60);
  CHECK(second.options.journal->reused() == 25);
  CHECK(found_bits(second, run) == expected);
}

TEST_CASE("journal: other limits may follow, and what they change is evaluated anew") {
  const TemporaryFolder folder;
  const std::string file = folder.file("journal");
  const Session session = counting_session();
  static_cast<void>(bits_of_whole_run(with_journal(prepared(session, document()), file)));
  std::string text = document();
  text.replace(text.find("\"iterations\": 8"), 15, "\"iterations\": 11");
  const Job longer = prepared(session, text);
  paid = 0;
  const auto expected = bits_of_whole_run(longer);
  paid = 0;
  CHECK(bits_of_whole_run(with_journal(longer, file)) == expected);
  CHECK(paid == 10 * 3);

  // The same places in the run, but other solutions: the record counts for nothing.
  std::string scheduled = document();
  scheduled.replace(scheduled.find("\"slots\": {"), 10, "\"slots\": {\"inertia_updater\": \"linear_schedule\", ");
  fs::remove(file);
  static_cast<void>(bits_of_whole_run(with_journal(prepared(session, scheduled), file)));
  scheduled.replace(scheduled.find("\"iterations\": 8"), 15, "\"iterations\": 9");
  const Job other = prepared(session, scheduled);
  const auto of_other = bits_of_whole_run(other);
  const Job journaled = with_journal(other, file);
  CHECK(bits_of_whole_run(journaled) == of_other);
  CHECK(journaled.options.journal->reused() >= 20);
}

TEST_CASE("journal: golden texts of what is refused") {
  const TemporaryFolder folder;
  fs::current_path(folder.path);
  const Session session = counting_session();
  {
    const Job job = with_journal(prepared(session, document()), "kept");
    CHECK(finding(session, document(), "kept") ==
          "kept: error: Another run is writing this journal, here or in another process. [journal-in-use]\n"
          "  suggestion: one journal for each run\n");
    static_cast<void>(bits_of_whole_run(job));
  }
  const auto says = [&](const std::string& text, const std::string& expected) {
    CHECK(finding(session, text, "kept") == "kept: error: The journal belongs to another run: " + expected +
                                                "\n  suggestion: another file, or the run that the journal is of\n");
  };
  says(document(R"({"name": "rastrigin"})"),
       "problem.name is another one. [journal-other-run]\n  found: in the journal \"expensive\", here \"rastrigin\"");
  says(document(R"({"name": "expensive", "transform": [{"shift": 3}]})"),
       "problem.transform is another one. [journal-other-run]\n  found: in the journal nothing, here [{\"shift\": 3}]");
  std::string text = document();
  text.replace(text.find("\"swarm_size\": 10"), 16, "\"swarm_size\": 11");
  says(text,
       "algorithm.parameters.swarm_size is another one. [journal-other-run]\n  found: in the journal 10, here 11");
  text = document();
  text.replace(text.find("\"seed\": 7"), 9, "\"seed\": 8");
  says(text, "seed is another one. [journal-other-run]\n  found: in the journal 7, here 8");

  std::string content = content_of("kept");
  const auto of_content = [&](const std::string& changed) {
    write("changed", changed);
    return finding(session, document(), "changed");
  };
  CHECK(of_content("a letter to my aunt\nwith two lines\n") ==
        "changed: error: This is no journal of Skein. [journal-foreign]\n");
  CHECK(of_content("skein journal 2\n{}\n") ==
        "changed: error: The journal is written in a form that this version cannot read. [journal-newer]\n"
        "  found: skein journal 2\n  suggestion: a newer version of Skein\n");
  std::string damaged = content;
  damaged[damaged.find("expensive")] = 'E';
  CHECK(of_content(damaged) ==
        "changed: error: The journal is damaged: its first lines were changed. [journal-corrupted]\n"
        "  suggestion: a copy of it, or a new journal\n");
  fs::create_directory("folder");
  CHECK(finding(session, document(), "folder") ==
        "folder: error: the journal \"folder\" cannot be opened [file-unreadable]\n  found: a folder\n");
  CHECK(finding(session, document(), "/dev/full") ==
        "/dev/full: error: the journal \"/dev/full\" cannot be opened [file-unreadable]\n  found: no regular file\n");
  CHECK(finding(session, document(), "nowhere/kept").find("No such file or directory") != std::string::npos);

  // A crash while the first lines were written has left nothing.
  for (const std::size_t size : {0U, 10U, 16U, 100U}) {
    CHECK(of_content(content.substr(0, size)).empty());
    CHECK(content_of("changed").size() > 200);
  }
  fs::current_path("/");
}
