#include <filesystem>
#include <new>
#include <optional>
#include <variant>

#include "apps/skein/checkpoints.hpp"
#include "apps/skein/command_line.hpp"
#include "apps/skein/drawing.hpp"
#include "apps/skein/exit_code.hpp"
#include "apps/skein/interrupt.hpp"
#include "apps/skein/output.hpp"
#include "apps/skein/plugins.hpp"
#include "apps/skein/profile.hpp"
#include "apps/skein/progress.hpp"
#include "apps/skein/report.hpp"
#include "apps/skein/ticker.hpp"
#include "apps/skein/used_files.hpp"
#include "skein/evaluation_journal.hpp"
#include "skein/json.hpp"
#include "skein/plan_view.hpp"
#include "skein/text_file.hpp"

namespace skein::tool {
namespace {

namespace fs = std::filesystem;

constexpr const char* examples =
    "  skein run apps/examples/rastrigin.json\n"
    "  skein run apps/examples/rastrigin.json --seed 7 --threads 2 --output result.json\n"
    "  skein run apps/examples/rastrigin.json --set problem.dimension=10 --set stop.iterations=500\n"
    "  skein run apps/examples/rastrigin.json --quiet --json\n"
    "  skein run apps/examples/rastrigin.json --checkpoint rastrigin.checkpoint --every 500\n"
    "  skein run --resume rastrigin.checkpoint\n"
    "  skein run apps/examples/rastrigin.json --profile\n"
    "  skein run apps/examples/rastrigin.json --profile-graph rastrigin.dot\n"
    "  skein run apps/examples/external_program.json --journal external_program.journal\n\n"
    "A run that ends before its time, by a signal, an error or for want of memory, leaves its state in FILE of "
    "--checkpoint,\n"
    "otherwise beside its result (FILE.checkpoint) or in the current folder (DOC.checkpoint), and says so. For want "
    "of\n"
    "memory the exit code is 3.\n";

struct RunArguments {
  std::string document;
  std::string output;
  std::string checkpoint;
  std::string every;
  std::string resume;
  std::string journal;
  CommonOptions common;
  std::string profile_graph;
  bool profile = false;
  bool quiet = false;
  std::string damaged;  ///< FILE of --resume where that is damaged: the run goes on from FILE.previous
};

constexpr const char* usual_interval = "60s";

void describe(CommandLine& line, RunArguments& given) {
  line.add_optional_argument("DOC", given.document, "run document");
  line.add_seed_and_threads(given.common);
  line.add_assignments(given.common);
  line.add_text("--output", given.output, "FILE", "file for the result, in place of the document's output.file");
  line.add_text("--checkpoint", given.checkpoint, "FILE", "file for the state of the run, to go on from");
  line.add_text("--every", given.every, "N|Ns", "how often it is written: iterations, or seconds (60s)");
  line.add_text("--journal", given.journal, "FILE", "file for every finished evaluation: none is paid for twice");
  line.add_text("--resume", given.resume, "FILE", "goes on with the run in this file, and writes it again");
  line.add_plugins(given.common);
  line.add_json(given.common);
  line.add_flag("--quiet", given.quiet, "shows no progress");
  line.add_flag("--profile", given.profile, "takes the time of nodes and pipelines: a table at the end");
  line.add_text("--profile-graph", given.profile_graph, "FILE", "draws the graph with these times, as dot or .svg");
}

/// What the run reads and writes, once the document is known.
void check_files(const RunArguments& given, const std::string& output, Diagnostics& diagnostics) {
  std::vector<UsedFile> files = {{"the run document", given.document, false},
                                 {"the result", output},
                                 {"--journal", given.journal},
                                 {"--profile-graph", given.profile_graph}};
  // A run may go on from any file of its own checkpoint.
  for (const std::string& own : {given.checkpoint, given.resume}) {
    if (own.empty()) continue;
    for (const std::string& name : names_of_checkpoint(own)) files.push_back({"--checkpoint", name});
  }
  check_distinct(files, diagnostics);
}

void check_result_file(const std::string& output, const CommandLine& line, Diagnostics& diagnostics) {
  if (line.has("--output") || !output.empty()) static_cast<void>(check_writable(output, diagnostics));
}

void check_named(const char* option, const std::string& file, const CommandLine& line, Diagnostics& diagnostics) {
  if (line.has(option) && file.empty()) diagnostics.add(bad_argument(std::string(option) + " needs a file"));
}

void check_drawing(const RunArguments& given, Diagnostics& diagnostics) {
  static_cast<void>(check_writable(given.profile_graph, diagnostics));
  if (given.profile_graph.ends_with(".svg")) static_cast<void>(svg_of("digraph {}", diagnostics));
}

/// A run that is ready to start, with the file for its result (empty: none). Nothing when the input is wrong.
std::optional<Job> prepare(const RunArguments& given, const CommandLine& line, Diagnostics& diagnostics) {
  RunOptions options;
  apply(given.common, line, options, diagnostics);
  const Session session = open_session(given.common, diagnostics);
  const auto document = session.load_run(given.document, given.common.assignments, diagnostics);
  auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  if (job && line.has("--seed")) job->options.seed = options.seed;
  if (job && line.has("--threads")) job->options.threads = options.threads;
  if (job && line.has("--output")) job->document.output_file = given.output;
  const std::string output = line.has("--output") ? given.output : document ? document->output_file : "";
  check_result_file(output, line, diagnostics);
  return diagnostics.has_errors() ? std::nullopt : std::move(job);
}

/// A run that goes on, as `prepare`; what is not said comes from the checkpoint.
std::optional<Job> prepare_again(RunArguments& given, const CommandLine& line, Diagnostics& diagnostics) {
  for (const char* option : {"--seed", "--set"}) {
    if (line.has(option)) {
      diagnostics.add(bad_argument(std::string(option) + " would make another run of the one in the checkpoint",
                                   "a run goes on as it began"));
    }
  }
  if (!given.document.empty()) {
    diagnostics.add(bad_argument("a run goes on with the document in its checkpoint",
                                 "--resume FILE without a document", "'" + given.document + "'"));
  }
  RunOptions options;
  apply(given.common, line, options, diagnostics);
  const Session session = open_session(given.common, diagnostics);
  if (given.checkpoint.empty()) given.checkpoint = given.resume;
  given.resume = sound_checkpoint(given.resume, given.damaged, diagnostics);
  const auto head = read_checkpoint_head(given.resume, diagnostics);
  auto job = head ? prepare_checkpoint(session, *head, given.resume, diagnostics) : std::nullopt;
  if (job && line.has("--threads")) job->options.threads = options.threads;
  if (job && line.has("--output")) job->document.output_file = given.output;
  if (head && given.every.empty()) given.every = head->every;
  if (head && given.journal.empty()) given.journal = head->journal;
  check_result_file(job ? job->document.output_file : given.output, line, diagnostics);
  return diagnostics.has_errors() ? std::nullopt : std::move(job);
}

/// A checkpoint takes the place of what is there, which must be a file or nothing.
void check_place_of_checkpoint(const RunArguments& given, Diagnostics& diagnostics) {
  std::error_code error;
  const fs::file_status status = fs::status(given.checkpoint, error);
  if (!fs::exists(status) || fs::is_regular_file(status) || fs::is_directory(status)) {
    static_cast<void>(check_writable(given.checkpoint, diagnostics));
    return;
  }
  diagnostics.add(bad_argument("the state of a run cannot be written to '" + given.checkpoint + "'", "a regular file",
                               "something else"));
}

/// Checkpoints by iterations need a run that counts them.
void check_interval(const RunArguments& given, const Job& job, Diagnostics& diagnostics) {
  Diagnostics known;
  const auto interval = read_interval(given.every, known);
  if (given.checkpoint.empty() || !interval || interval->iterations == 0) return;
  if (view_plan(*job.plan).counts_iterations) return;
  diagnostics.add(bad_argument(
      "the algorithm '" + job.algorithm + "' counts no iterations, which --every " + given.every + " asks for",
      "seconds, such as 30s, or an algorithm with an out-port 'iterations'"));
}

void check_checkpoint(RunArguments& given, const CommandLine& line, Diagnostics& diagnostics) {
  if (line.has("--every") && given.checkpoint.empty()) {
    diagnostics.add(bad_argument("--every needs a file", "--checkpoint FILE"));
  }
  if (given.every.empty()) given.every = usual_interval;
  static_cast<void>(read_interval(given.every, diagnostics));
  if (line.has("--checkpoint")) check_place_of_checkpoint(given, diagnostics);
}

/// Opens the journal of a run that is right otherwise.
void open_journal(const RunArguments& given, Job& job, Diagnostics& diagnostics) {
  if (given.journal.empty()) return;
  job.options.journal = EvaluationJournal::open(given.journal, job, diagnostics);
}

/// Goes on until the run has ended, failed, is short of memory, or a signal asks for its end.
void advance(const Job& job, Run& run, Progress& progress, Checkpoints& checkpoints, const Interrupt& interrupt) {
  RunState state = run.state() == RunState::finished ? RunState::finished : RunState::ready;
  const auto is_short = [&] { return state == RunState::ready && run.stop_reason() == StopReason::memory; };
  while (state == RunState::ready && !interrupt.requested() && !is_short()) {
    state = checkpoints.advance(job, run);
    if (state == RunState::ready) {
      checkpoints.update(job, run);
      progress.update();
    }
  }
  if (state == RunState::ready && !is_short()) run.set_stop_reason(StopReason::interrupted);
  if (state == RunState::failed || state == RunState::pending) run.set_stop_reason(StopReason::error);
}

void report_failure(const Run& run) {
  Diagnostics diagnostics;
  const auto& error = run.error();
  if (!error) {
    diagnostics.add({"run-failed",
                     Severity::error,
                     {},
                     "",
                     "the evaluator waits for results from outside, which the tool cannot give",
                     "",
                     "",
                     ""});
  } else {
    std::string found;
    if (error->row) {
      found = "row " + std::to_string(*error->row) + ", the first of " + counted(error->failed_rows, "failed row");
    }
    diagnostics.add({"run-failed", Severity::error, {}, error->path, error->message, "", found, ""});
  }
  print_diagnostics(diagnostics);
}

struct Delivery {
  bool written = false;  ///< the result file, where there is to be one
  bool printed = false;
};

/// Writes the result file and standard output.
Delivery deliver(const Job& job, const Result& result, const std::optional<RunProfile>& profile, bool json) {
  const std::string& file = job.document.output_file;
  const bool as_json = json || !file.empty();
  Value value = as_json ? to_value(result) : Value();
  if (as_json && profile) add(std::get<Object>(value.data), "profile", to_value(*profile));
  const std::string text = as_json ? write_json(value) : "";
  Diagnostics diagnostics;
  const bool written = file.empty() || write_file_atomically(file, text, diagnostics);
  print_diagnostics(diagnostics);
  const bool printed = print(json ? text : report_text(job, result, written ? file : ""));
  return {written, printed};
}

/// The table on standard error, and the drawing. False when that could not be written.
bool show_profile(const Job& job, const std::optional<RunProfile>& profile, const RunArguments& given) {
  if (!profile) return true;
  if (given.profile) say(profile_table(*profile));
  if (given.profile_graph.empty()) return true;
  Diagnostics diagnostics;
  const Session session = open_session(given.common, diagnostics);
  const bool drawn = write_profile_graph(session, job.document, *profile, given.profile_graph, diagnostics);
  print_diagnostics(diagnostics);
  return drawn;
}

int execute(const Job& job, const RunArguments& given) {
  Run run(job.plan, job.options);
  Diagnostics diagnostics;
  if (!given.resume.empty() && !restore_checkpoint_file(given.resume, run, diagnostics)) {
    return refuse(diagnostics, given.common.json);
  }
  if (!given.damaged.empty()) set_aside(given.damaged);
  Checkpoints checkpoints(given.checkpoint, given.every, given.resume);
  checkpoints.begin(job, run);
  Interrupt interrupt(run);
  const auto style = given.quiet ? Progress::Style::none : Progress::suitable_style();
  Progress progress(job, run, style);
  {
    std::optional<Ticker> ticker;
    const bool is_watched = style != Progress::Style::none || checkpoints.look_at_the_clock();
    if (is_watched) ticker.emplace(run, std::chrono::milliseconds(100));
    advance(job, run, progress, checkpoints, interrupt);
    interrupt.run_has_stopped();
  }
  const Result result = make_result(job, run);
  progress.finish(result);
  if (result.stop_reason == StopReason::error) report_failure(run);
  const auto profile = job.options.profile ? std::optional(run.profile()) : std::nullopt;
  const Delivery delivery = deliver(job, result, profile, given.common.json);
  const bool delivered = show_profile(job, profile, given) && delivery.written && delivery.printed;
  const std::string beside = delivery.written ? job.document.output_file : "";
  const bool is_kept = run.state() == RunState::finished && delivery.written
                           ? checkpoints.write(job, run)
                           : checkpoints.keep(job, run, usual_checkpoint(beside, given.document));
  if (!delivered || !is_kept || result.stop_reason == StopReason::error) return exit_failed;
  if (result.stop_reason == StopReason::memory) return exit_short_of_memory;
  return result.stop_reason == StopReason::interrupted ? exit_interrupted : exit_done;
}

int refuse_too_large(const RunArguments& given) {
  Diagnostics diagnostics;
  diagnostics.add({"too-large",
                   Severity::error,
                   {given.document, 0, 0},
                   "algorithm",
                   "there is not enough memory for this run: make the swarm or the dimension smaller",
                   "",
                   "",
                   ""});
  return refuse(diagnostics, given.common.json);
}

}  // namespace

int run_verb(const Arguments& arguments) {
  RunArguments given;
  CommandLine line("run", "Runs a run document and reports what it found.", examples);
  describe(line, given);
  if (const auto code = line.parse(arguments)) return *code;

  Diagnostics diagnostics;
  try {
    if (!line.has("--resume") && given.document.empty()) {
      diagnostics.add(bad_argument("nothing says what to run", "a run document, or --resume FILE"));
      return refuse(diagnostics, given.common.json);
    }
    const bool goes_on = !given.resume.empty();
    check_named("--journal", given.journal, line, diagnostics);
    check_named("--resume", given.resume, line, diagnostics);
    auto job = goes_on ? prepare_again(given, line, diagnostics) : prepare(given, line, diagnostics);
    check_checkpoint(given, line, diagnostics);
    if (job) check_interval(given, *job, diagnostics);
    if (line.has("--profile-graph")) check_drawing(given, diagnostics);
    check_files(given, job ? job->document.output_file : given.output, diagnostics);
    if (job && !diagnostics.has_errors()) open_journal(given, *job, diagnostics);
    if (diagnostics.has_errors()) job.reset();
    if (job) job->options.profile = given.profile || line.has("--profile-graph");
    if (!job) return refuse(diagnostics, given.common.json);
    print_diagnostics(diagnostics);
    return execute(*job, given);
  } catch (const std::bad_alloc&) {
    return refuse_too_large(given);
  }
}

}  // namespace skein::tool
