#include "apps/skein/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <limits>

#include "apps/skein/exit_code.hpp"
#include "apps/skein/output.hpp"

namespace skein::tool {
namespace {

constexpr std::uint64_t most_threads = 1024;

std::optional<std::uint64_t> read_unsigned(const std::string& option, const std::string& text, std::uint64_t most,
                                           Diagnostics& diagnostics) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size() && number <= most) return number;
  diagnostics.add(bad_argument(option + " must be an integer from 0 to " + std::to_string(most), "", "'" + text + "'"));
  return std::nullopt;
}

/// "--sed" of "--sed=3".
std::string option_name(const std::string& argument) { return argument.substr(0, argument.find('=')); }

Diagnostics explain(const CLI::App& app, const CLI::ParseError& error) {
  Diagnostics diagnostics;
  std::vector<std::string> known;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  }
  for (const std::string& argument : app.remaining()) {
    const bool is_option = argument.starts_with("-");
    diagnostics.add(bad_argument((is_option ? "unknown option '" : "unexpected argument '") + argument + "'", "", "",
                                 is_option ? nearest_name(option_name(argument), known) : ""));
  }
  if (!diagnostics.empty()) return diagnostics;
  std::string message = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    message = "the option " + message.substr(0, message.find(':')) + " needs exactly one value";
  }
  diagnostics.add(bad_argument(message, "", "", app.get_name() + " --help"));
  return diagnostics;
}

}  // namespace

struct CommandLine::Application : CLI::App {
  using CLI::App::App;
};

CommandLine::CommandLine(const std::string& verb, const std::string& summary, const std::string& examples)
    : app_(std::make_unique<Application>(summary, "skein " + verb)) {
  app_->footer("Examples:\n" + examples);
  app_->set_help_flag("-h,--help", "shows this text");
  app_->get_formatter()->column_width(34);
}

CommandLine::~CommandLine() = default;

void CommandLine::add_argument(const std::string& name, std::string& value, const std::string& summary) {
  app_->add_option(name, value, summary)->required()->type_name("");
}

void CommandLine::add_optional_argument(const std::string& name, std::string& value, const std::string& summary) {
  app_->add_option(name, value, summary)->type_name("");
}

void CommandLine::add_arguments(const std::string& name, std::vector<std::string>& values, const std::string& summary,
                                int most) {
  CLI::Option* const argument = app_->add_option(name, values, summary)->required()->type_name("");
  if (most > 0) argument->expected(1, most);
}

void CommandLine::add_text(const std::string& name, std::string& value, const std::string& value_name,
                           const std::string& summary) {
  app_->add_option(name, value, summary)->type_name(value_name)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

void CommandLine::add_list(const std::string& name, std::vector<std::string>& values, const std::string& value_name,
                           const std::string& summary) {
  app_->add_option(name, values, summary)
      ->type_name(value_name)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void CommandLine::add_flag(const std::string& name, bool& value, const std::string& summary) {
  app_->add_flag(name, value, summary);
}

void CommandLine::add_json(CommonOptions& options) {
  add_flag("--json", options.json, "prints JSON on standard output");
}

void CommandLine::add_assignments(CommonOptions& options) {
  add_list("--set", options.assignments, "PATH=VALUE",
           "changes the document, such as problem.dimension=10; repeatable");
}

void CommandLine::add_seed_and_threads(CommonOptions& options) {
  add_text("--seed", options.seed, "N", "seed of the random numbers, from 0 to 2^64 - 1");
  add_text("--threads", options.threads, "N", "threads, at most 1024; 0 (the default): all of the machine");
}

void CommandLine::add_plugins(CommonOptions& options) {
  add_list("--plugin", options.plugins, "FILE", "a plugin to load beside those that are found; repeatable");
  add_flag("--allow-writable-plugin-directory", options.allows_writable_directories,
           "also loads plugins from folders into which every user may write");
}

std::optional<int> CommandLine::parse(const Arguments& arguments) {
  try {
    app_->parse(Arguments(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    return print_and_exit(app_->help());
  } catch (const CLI::ParseError& error) {
    const bool json = std::ranges::find(arguments, "--json") != arguments.end();
    return refuse(explain(*app_, error), json);
  }
  return std::nullopt;
}

bool CommandLine::has(const std::string& option) const { return app_->count(option) > 0; }

void apply(const CommonOptions& given, const CommandLine& line, RunOptions& options, Diagnostics& diagnostics) {
  if (line.has("--seed")) {
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    options.seed = read_unsigned("--seed", given.seed, most, diagnostics).value_or(0);
  }
  if (line.has("--threads")) {
    options.threads =
        static_cast<std::size_t>(read_unsigned("--threads", given.threads, most_threads, diagnostics).value_or(0));
  }
}

}  // namespace skein::tool
