#include "skein/evaluation_journal.hpp"

#include <algorithm>
#include <cerrno>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include "documents/graph_document.hpp"
#include "journal/journal_state.hpp"
#include "session/checkpoint_head.hpp"
#include "session/file_head.hpp"
#include "session/plan_outline.hpp"
#include "session/value_difference.hpp"
#include "skein/json.hpp"
#include "skein/session.hpp"

namespace skein {
namespace {

CheckpointHead head_of_journal(const Job& job) {
  CheckpointHead head;
  head.document = write_run(job.document);
  head.origin = absolute_file(job.document.where.file);
  head.seed = job.options.seed;
  head.plugins = job.plugins;
  head.problem = problem_outline(job);
  return head;
}

/// A component of a document; a name is short for an object that has nothing else.
Value component(const Value& document, const char* key) {
  const Value* found = document.find(key);
  if (found == nullptr) return Value();
  if (!found->is_text()) return *found;
  Object object;
  object.push_back({"name", {}, *found});
  return Value(std::move(object));
}

/// What makes the run of a journal another one. Limits, policies and outputs do not.
std::optional<ValueDifference> difference(const CheckpointHead& then, const CheckpointHead& now) {
  for (const char* key : {"problem", "algorithm"}) {
    auto found = value_difference(component(then.document, key), component(now.document, key), key);
    if (found) return found;
  }
  if (auto found = problem_difference(then.problem, now.problem)) return found;
  if (then.seed != now.seed) return ValueDifference{"seed", std::to_string(then.seed), std::to_string(now.seed)};
  return plugin_difference(then.plugins, now.plugins);
}

Diagnostic system_finding(const std::string& file, const char* code, const char* what, int error) {
  const std::string found = error == EINVAL ? std::string("no regular file") : std::generic_category().message(error);
  return {code, Severity::error, {file, 0, 0}, "", "the journal \"" + file + "\" cannot be " + what, "", found, ""};
}

Diagnostic unopened(const std::string& file, int error) {
  if (error == EISDIR)
    return {"file-unreadable",
            Severity::error,
            {file, 0, 0},
            "",
            "the journal \"" + file + "\" cannot be opened",
            "",
            "a folder",
            ""};
  if (error == EWOULDBLOCK) {
    return file_finding(journal_kind, "in-use", file,
                        "Another run is writing this journal, here or in another process.", "",
                        "one journal for each run");
  }
  return system_finding(file, "file-unreadable", "opened", error);
}

/// Whether a crash may have cut the file off while its first lines were written: it holds no evaluation then.
bool has_hardly_begun(std::string_view content) {
  constexpr std::string_view begin = "skein journal 1\n";
  if (content.empty()) return true;
  if (content.size() < begin.size()) return content.size() > 8 && begin.starts_with(content);
  if (!content.starts_with(begin) || std::ranges::count(content, '\n') >= 3) return false;
  return next_record(std::as_bytes(std::span(content)), 0) == content.size();
}

/// Reads what the file holds, or begins it. False when something is wrong.
bool read_or_begin(EvaluationJournal::State& state, const std::string& file, const Job& job, Diagnostics& diagnostics) {
  const CheckpointHead now = head_of_journal(job);
  bool begins = false;
  bool is_sound = true;
  EvaluationJournal::State::Scan scan;
  const int read_error = state.file.read([&](std::span<const std::byte> bytes) {
    const std::string_view content(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    begins = has_hardly_begun(content);
    if (begins) return;
    const auto head = find_head(journal_kind, content.substr(0, longest_head), file, diagnostics);
    const auto then = head ? head_from_text(head->json, file, journal_kind, diagnostics) : std::nullopt;
    is_sound = then.has_value();
    if (!is_sound) return;
    if (const auto other = difference(*then, now)) {
      diagnostics.add(file_finding(journal_kind, "other-run", file,
                                   "The journal belongs to another run: " + other->path + " is another one.",
                                   "in the journal " + other->first + ", here " + other->second,
                                   "another file, or the run that the journal is of"));
      is_sound = false;
      return;
    }
    state.head_size = head->size;
    scan = state.learn(bytes, head->size);
    state.found = scan.records;
  });
  if (read_error != 0) diagnostics.add(system_finding(file, "file-unreadable", "read", read_error));
  if (read_error != 0 || !is_sound) return false;
  if (begins) {
    const std::string head = head_text(journal_kind, write_json(to_value(now), JsonLayout::one_line));
    state.head_size = head.size();
    const int error = state.file.begin(head, state.path);
    if (error != 0) diagnostics.add(system_finding(file, "output-unwritable", "written", error));
    return error == 0;
  }
  if (scan.damaged_bytes > 0) {
    Diagnostic finding = file_finding(journal_kind, "damaged", file,
                                      "Parts of the journal are damaged: what they held is evaluated again.",
                                      std::to_string(scan.damaged_bytes) + " bytes");
    finding.severity = Severity::warning;
    diagnostics.add(std::move(finding));
  }
  const int error = state.file.go_on_at(scan.end);
  if (error != 0) diagnostics.add(system_finding(file, "output-unwritable", "written", error));
  return error == 0;
}

}  // namespace

EvaluationJournal::EvaluationJournal(std::unique_ptr<State> state) : state_(std::move(state)) {}
EvaluationJournal::~EvaluationJournal() = default;

std::shared_ptr<EvaluationJournal> EvaluationJournal::open(const std::string& file, const Job& job,
                                                           Diagnostics& diagnostics) {
  auto state = std::make_unique<State>();
  state->path = absolute_file(file);
  if (const int error = state->file.open(state->path); error != 0) {
    diagnostics.add(unopened(file, error));
    return nullptr;
  }
  if (!read_or_begin(*state, file, job, diagnostics)) return nullptr;
  state->number_steps(*job.plan);
  return std::shared_ptr<EvaluationJournal>(new EvaluationJournal(std::move(state)));
}

const std::string& EvaluationJournal::file() const noexcept { return state_->path; }
std::uint64_t EvaluationJournal::found() const noexcept { return state_->found; }
std::uint64_t EvaluationJournal::reused() const noexcept { return state_->reused; }
std::uint64_t EvaluationJournal::recorded() const noexcept { return state_->recorded; }

}  // namespace skein
