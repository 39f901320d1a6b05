#include "apps/skein/checkpoints.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <new>
#include <string_view>
#include <utility>

#include "apps/skein/output.hpp"

namespace skein::tool {
namespace {

/// As the shell takes it for one word.
std::string as_word(const std::string& text) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+,:@%";
  if (!text.empty() && text.find_first_not_of(plain) == std::string::npos) return text;
  std::string word = "'";
  for (const char letter : text) word += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return word + "'";
}

}  // namespace

std::optional<Interval> read_interval(const std::string& text, Diagnostics& diagnostics) {
  Interval interval;
  const char* const end = text.data() + text.size();
  const bool in_seconds = text.ends_with('s');
  const auto result = in_seconds ? std::from_chars(text.data(), end - 1, interval.seconds)
                                 : std::from_chars(text.data(), end, interval.iterations);
  const bool is_whole = result.ec == std::errc{} && result.ptr == (in_seconds ? end - 1 : end);
  const bool is_positive = in_seconds ? interval.seconds > 0 && interval.seconds < 1e9 : interval.iterations > 0;
  if (is_whole && is_positive) return interval;
  diagnostics.add(bad_argument("--every takes a number of iterations or of seconds", "500 or 30s", "'" + text + "'"));
  return std::nullopt;
}

std::string usual_checkpoint(const std::string& output, const std::string& document) {
  const std::string stem = std::filesystem::path(document).stem().string();
  return (output.empty() ? stem : output) + ".checkpoint";
}

Checkpoints::Checkpoints(std::string file, std::string every, std::string resumed)
    : file_(std::move(file)), every_(std::move(every)), resumed_(std::move(resumed)) {
  Diagnostics known;
  if (are_wanted()) interval_ = read_interval(every_, known).value_or(Interval{});
}

std::int64_t Checkpoints::iterations_of(const Job& job, const Run& run) { return make_result(job, run).iterations; }

void Checkpoints::begin(const Job& job, const Run& run) { written_iterations_ = iterations_of(job, run); }

RunState Checkpoints::advance(const Job& job, Run& run) const {
  if (!are_wanted() || interval_.iterations == 0) return run.advance();
  // The run may have returned before an interval was over.
  const std::int64_t since = iterations_of(job, run) - written_iterations_;
  const std::int64_t left = static_cast<std::int64_t>(interval_.iterations) - since;
  return run.advance_iterations(static_cast<std::uint64_t>(std::max<std::int64_t>(left, 1)));
}

bool Checkpoints::is_due(const Job& job, const Run& run) const {
  if (interval_.iterations == 0) {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - written_at_;
    return passed.count() >= interval_.seconds;
  }
  return iterations_of(job, run) - written_iterations_ >= static_cast<std::int64_t>(interval_.iterations);
}

void Checkpoints::update(const Job& job, const Run& run) {
  if (are_wanted() && is_due(job, run)) write(job, run);
}

bool Checkpoints::is_own_file() const {
  std::error_code ignored;
  return file_ == resumed_ || file_ + ".previous" == resumed_ ||
         (!resumed_.empty() && std::filesystem::equivalent(file_, resumed_, ignored));
}

bool Checkpoints::write(const Job& job, const Run& run) {
  if (!are_wanted()) return true;
  written_iterations_ = iterations_of(job, run);
  written_at_ = std::chrono::steady_clock::now();
  if (!std::exchange(has_written_, true) && !is_own_file()) keep_earlier(file_);
  Diagnostics diagnostics;
  const bool written = write_checkpoint_file(file_, job, run, every_, diagnostics);
  if (!written && !std::exchange(has_failed_, true)) print_diagnostics(diagnostics);
  if (written) has_failed_ = false;
  return written;
}

bool Checkpoints::keep(const Job& job, const Run& run, const std::string& file) {
  const bool was_wanted = are_wanted();
  if (!was_wanted) file_ = file;
  bool written = false;
  try {
    written = write(job, run);
  } catch (const std::bad_alloc&) {
    say("there is no memory left to write the state of the run\n");
  }
  if (written) {
    say("the state of the run is in \"" + file_ + "\"; to go on: skein run --resume " + as_word(file_) + "\n");
  }
  return written || !was_wanted;
}

std::string sound_checkpoint(const std::string& file, std::string& damaged, Diagnostics& diagnostics) {
  Diagnostics found;
  if (verify_checkpoint_file(file, found)) return file;
  const Diagnostic& first = found.items().front();
  // What is not there, or no checkpoint of this version, is a mistake of whoever named it.
  const bool is_empty = first.code == "checkpoint-foreign" && first.found == "an empty file";
  bool is_damaged = is_empty || first.code == "checkpoint-corrupted" || first.code == "checkpoint-truncated";
  Diagnostics ignored;
  std::string previous = file + ".previous";
  is_damaged = is_damaged && verify_checkpoint_file(previous, ignored);
  if (!is_damaged) return file;
  Diagnostic warning = first;
  warning.severity = Severity::warning;
  warning.suggestion = "the run goes on from " + previous;
  diagnostics.add(std::move(warning));
  damaged = file;
  return previous;
}

void set_aside(const std::string& file) {
  std::error_code ignored;
  std::filesystem::rename(file, file + ".damaged", ignored);
}

std::vector<std::string> names_of_checkpoint(const std::string& file) {
  return {file, file + ".previous", file + ".writing", file + ".damaged", file + ".earlier"};
}

void keep_earlier(const std::string& file) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path content = fs::canonical(file, error);
  if (error || !fs::is_regular_file(content, error) || fs::is_empty(content, error)) return;
  const std::string earlier = file + ".earlier";
  fs::remove(earlier, error);
  fs::create_hard_link(content, earlier, error);
  if (error) fs::copy_file(content, earlier, fs::copy_options::overwrite_existing, error);
  if (!error) say("\"" + file + "\" was there before this run; it is kept as \"" + earlier + "\"\n");
}

}  // namespace skein::tool
