// Mutates documents and has the session look through them, as `skein validate` does: whatever a document says, it must
// not crash, leak or hang, and what is right must survive being written and read again.
//
//   fuzz_documents SECONDS DOCUMENT... [--seed N] [--executions N]
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "documents/graph_document.hpp"
#include "skein/builtin_plugins.hpp"
#include "skein/json.hpp"
#include "skein/session.hpp"

namespace {

using namespace skein;

constexpr unsigned longest_execution_seconds = 20;

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  /// Keys and texts that mutations use.
  void learn(const Value& value) {
    if (value.is_text()) words_.push_back(value.text());
    if (value.is_list()) {
      for (const Value& item : value.list()) learn(item);
    }
    if (!value.is_object()) return;
    for (const Member& member : value.object()) {
      words_.push_back(member.key);
      learn(member.value);
    }
  }

  std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_() % count); }

  std::string mutate(const Value& original) {
    Value document = original;
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) change(document);
    std::string text = write_json(document);
    if (below(8) == 0) change_bytes(text);
    return text;
  }

 private:
  const std::string& word() { return words_[below(words_.size())]; }

  Value some_value() {
    static const std::array<double, 8> reals = {0.0, -1.0, 0.5, 1e-300, 1e300, 3.0, 1e6, -0.0};
    static const std::array<std::int64_t, 8> integers = {0, 1, -1, 2, 3, 40, 100000, 9223372036854775807};
    switch (below(9)) {
      case 0:
        return {};
      case 1:
        return Value(below(2) == 0);
      case 2:
        return Value(reals[below(reals.size())]);
      case 3:
        return Value(integers[below(integers.size())]);
      case 4:
        return Value("= " + word() + (below(2) == 0 ? " + 1" : " < " + word()));
      case 5:
        return Value(List{Value(word()), Value(1)});
      case 6:
        return Value(Object{{word(), {}, Value(word())}});
      case 7:
        return Value(Object{{"operator", {}, Value(word())}});
      default:
        return Value(word());
    }
  }

  /// Walks down by chance and changes what it finds there.
  void change(Value& document) {
    Value* place = &document;
    while (below(5) != 0) {
      auto* list = std::get_if<List>(&place->data);
      auto* object = std::get_if<Object>(&place->data);
      if (list != nullptr && !list->empty()) {
        place = &(*list)[below(list->size())];
      } else if (object != nullptr && !object->empty()) {
        place = &(*object)[below(object->size())].value;
      } else {
        break;
      }
    }
    if (auto* list = std::get_if<List>(&place->data); list != nullptr && below(3) != 0) return change_list(*list);
    if (auto* object = std::get_if<Object>(&place->data); object != nullptr && below(4) != 0) {
      return change_object(*object);
    }
    *place = some_value();
  }

  void change_list(List& list) {
    if (list.empty() || below(2) == 0) {
      const Value added = list.empty() || below(2) == 0 ? some_value() : list[below(list.size())];
      list.push_back(added);
    } else {
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(below(list.size())));
    }
  }

  void change_object(Object& object) {
    const std::size_t choice = object.empty() ? 0 : below(4);
    if (choice == 0) {
      object.push_back({word(), {}, some_value()});
    } else if (choice == 1) {
      object.erase(object.begin() + static_cast<std::ptrdiff_t>(below(object.size())));
    } else if (choice == 2) {
      object[below(object.size())].key = word();
    } else {
      const std::size_t from = below(object.size());  // before the target, with every compiler
      const Member copy = object[from];
      object[below(object.size())].value = copy.value;
    }
  }

  void change_bytes(std::string& text) {
    for (std::size_t changes = 1 + below(3); changes > 0 && !text.empty(); --changes) {
      const std::size_t place = below(text.size());
      if (below(2) == 0) {
        text[place] = static_cast<char>(below(256));
      } else {
        text.erase(place, 1 + below(5));
      }
    }
  }

  std::mt19937_64 random_;
  std::vector<std::string> words_;
};

std::string current_text;  // what the handler writes down when an execution does not come back

void give_up(int signal) {
  std::ofstream("fuzz_failure.json") << current_text;
  std::fputs(signal == SIGALRM ? "hangs: see fuzz_failure.json\n" : "crashed: see fuzz_failure.json\n", stderr);
  ::_exit(1);
}

/// Whether what is right in form is written so that reading it gives the same bytes again.
bool survives_writing(const std::string& text) {
  Diagnostics ignored;
  const auto document = parse_json(text, "mutated.json", ignored);
  if (!document) return true;
  const auto written = [&ignored](const Value& value) -> std::optional<std::string> {
    if (document_kind(value) == DocumentKind::graph) {
      const auto graph = read_graph(value, ignored);
      return graph ? std::optional(write_json(write_graph(*graph))) : std::nullopt;
    }
    const auto run = read_run(value, ignored);
    return run ? std::optional(write_json(write_run(*run))) : std::nullopt;
  };
  const auto once = written(*document);
  if (!once) return true;
  const auto again = parse_json(*once, "written.json", ignored);
  return again && written(*again) == once;
}

Session make_session() {
  Session session;
  Diagnostics diagnostics;
  session.load_plugins(builtin_plugins(), diagnostics);
  return session;
}

struct Assignment {
  double seconds = 60;
  std::uint64_t seed = 1;
  std::uint64_t executions = ~std::uint64_t{0};
  std::vector<std::string> files;
};

int fuzz(const Assignment& plan) {
  const Session session = make_session();
  Mutator mutator(plan.seed);
  std::vector<Value> documents;
  for (const std::string& file : plan.files) {
    std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    Diagnostics diagnostics;
    if (auto document = parse_json(text.str(), file, diagnostics)) {
      mutator.learn(*document);
      documents.push_back(*std::move(document));
    }
  }
  if (documents.empty()) {
    std::fputs("none of the files is a document\n", stderr);
    return 2;
  }
  for (const int signal : {SIGALRM, SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS}) std::signal(signal, &give_up);

  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  std::uint64_t executions = 0;
  std::uint64_t right = 0;
  std::set<std::string> codes;
  while (executions < plan.executions && elapsed() < plan.seconds) {
    current_text = mutator.mutate(documents[mutator.below(documents.size())]);
    ::alarm(longest_execution_seconds);
    Diagnostics found;
    right += session.validate(current_text, "mutated.json", found) ? 1U : 0U;
    for (const Diagnostic& item : found.items()) codes.insert(item.code);
    if (!survives_writing(current_text)) {
      std::ofstream("fuzz_failure.json") << current_text;
      std::fputs("changes when it is written: see fuzz_failure.json\n", stderr);
      return 1;
    }
    ++executions;
  }
  ::alarm(0);
  std::printf("%llu executions in %.0f s, %llu documents without mistakes, %zu different codes\n",
              static_cast<unsigned long long>(executions), elapsed(), static_cast<unsigned long long>(right),
              codes.size());
  return 0;
}

}  // namespace

int main(int count, char** words) {
  Assignment plan;
  const std::vector<std::string> arguments(words + 1, words + count);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool has_value = i + 1 < arguments.size();
    if (arguments[i] == "--seed" && has_value) {
      plan.seed = std::strtoull(arguments[++i].c_str(), nullptr, 10);
    } else if (arguments[i] == "--executions" && has_value) {
      plan.executions = std::strtoull(arguments[++i].c_str(), nullptr, 10);
    } else if (i == 0) {
      plan.seconds = std::strtod(arguments[i].c_str(), nullptr);
    } else {
      plan.files.push_back(arguments[i]);
    }
  }
  return fuzz(plan);
}
