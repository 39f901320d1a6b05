#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "documents/json_scanner.hpp"
#include "skein/document.hpp"
#include "tests/core/document_examples.hpp"

using namespace skein;
using namespace skein::examples;

namespace {

std::string formatted(const std::string& text) {
  Diagnostics diagnostics;
  const auto result = format_document(text, "d.json", diagnostics);
  REQUIRE_MESSAGE(result.has_value(), all_text(diagnostics));
  CHECK(diagnostics.empty());
  return *result;
}

/// A run document whose `stop` is written like this.
std::string run_with(const std::string& stop) {
  return "{\n  \"format\": \"skein/1\",\n  \"algorithm\": \"a\",\n  \"problem\": \"p\",\n  \"stop\": " + stop + "\n}\n";
}

/// The text with comments of all sorts between its tokens, the number of which is added to `count`.
std::string sprinkled(const std::string& text, std::mt19937& random, std::size_t& count) {
  const std::vector<std::string> spaces = {"", "", " ", "\n", "\n\n", " \r\n \n\n"};
  const auto space = [&] { return spaces[random() % spaces.size()]; };
  std::string result;
  JsonScanner scanner(text);
  for (JsonToken token = scanner.next(); token.kind != JsonTokenKind::end; token = scanner.next()) {
    result += text.substr(token.offset, token.length) + space();
    const auto choice = random() % 12;
    if (choice > 2) continue;
    const std::string name = "@" + std::to_string(++count) + "@";
    result += choice == 0 ? "// " + name + " \n" : choice == 1 ? "/* " + name + " */" : "/* " + name + "\n  */";
    result += space();
  }
  return result;
}

}  // namespace

TEST_CASE("formatting what the writers write changes nothing") {
  for (const std::string_view text : {graph_document, full_graph_document, full_run_document}) {
    Diagnostics diagnostics;
    const auto document = parse_json(text, "d.json", diagnostics);
    REQUIRE(document.has_value());
    const bool is_graph = document_kind(*document) == DocumentKind::graph;
    const std::string written = write_json(is_graph ? write_graph(*read_graph(*document, diagnostics))
                                                    : write_run(*read_run(*document, diagnostics)));
    CHECK(formatted(written) == written);
  }
}

TEST_CASE("keys of the format get their order and names keep theirs") {
  CHECK(formatted(R"({"flow": ["b"], "nodes": {"b": {"out": {"y": "v"}, "in": {"x": 1}, "operator": "o"}},
    "variables": {"v": {"summary": "s", "type": "real"}, "a": "real"}, "graph": "g", "format": "skein/1"})") ==
        "{\n"
        "  \"format\": \"skein/1\",\n"
        "  \"graph\": \"g\",\n"
        "  \"variables\": {\"v\": {\"type\": \"real\", \"summary\": \"s\"}, \"a\": \"real\"},\n"
        "  \"nodes\": {\"b\": {\"operator\": \"o\", \"in\": {\"x\": 1}, \"out\": {\"y\": \"v\"}}},\n"
        "  \"flow\": [\"b\"]\n"
        "}\n");
  CHECK(formatted(R"({"flow": ["b"], "nodes": {"b": {"in": {"x": 1}, "revision": 2, "operator": "o"}},
    "graph": "g", "format": "skein/1"})") ==
        "{\n"
        "  \"format\": \"skein/1\",\n"
        "  \"graph\": \"g\",\n"
        "  \"nodes\": {\"b\": {\"operator\": \"o\", \"revision\": 2, \"in\": {\"x\": 1}}},\n"
        "  \"flow\": [\"b\"]\n"
        "}\n");
}

TEST_CASE("comments stay above or beside what they stand at") {
  const std::string text = run_with(
      "{\n"
      "    // above\n"
      "    \"iterations\": 10,  // beside\n"
      "\n"
      "    /* also above */\n"
      "    \"seconds\": 1.5  // last\n"
      "    // at the end\n"
      "  }");
  CHECK(formatted(text) == text);
  CHECK(formatted(run_with("{ // above\n\"iterations\" /* key */ : // colon\n 10 }")) ==
        run_with("{\n    // above\n    /* key */\n    // colon\n    \"iterations\": 10\n  }"));
  CHECK(formatted(run_with("{\"iterations\": 10 // first\n, /* second\n*/ \"seconds\": 2}")) ==
        run_with("{\n    \"iterations\": 10,  // first\n    /* second\n*/\n    \"seconds\": 2\n  }"));
}

TEST_CASE("comments around a document stay around it") {
  const std::string text = "// head\n\n// second\n" + run_with("{\n    // nothing\n  }") + "\n// tail\n";
  CHECK(formatted("\n\n" + text) == text);
}

TEST_CASE("numbers and texts get one spelling") {
  CHECK(formatted(run_with("{\"iterations\": 10, \"target\": 1.50e+3, \"seconds\": 0.10}")) ==
        run_with("{\"iterations\": 10, \"target\": 1500.0, \"seconds\": 0.1}"));
  CHECK(formatted("\xEF\xBB\xBF" + run_with("{}")) == formatted(run_with("{}")));
}

TEST_CASE("a document with errors is not formatted") {
  for (const char* text : {"", "{", "{}", "[1]", R"({"format": "skein/1", "run": 1})"}) {
    CAPTURE(text);
    Diagnostics diagnostics;
    CHECK(!format_document(text, "d.json", diagnostics));
    CHECK(diagnostics.has_errors());
  }
}

TEST_CASE("no comment is lost wherever it stands and formatting again changes nothing") {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::size_t count = 0;
    const std::string source(round % 2 == 0 ? full_graph_document : full_run_document);
    const std::string text = sprinkled(source, random, count);
    CAPTURE(text);
    const std::string once = formatted(text);
    CHECK(formatted(once) == once);
    for (std::size_t i = 1; i <= count; ++i) {
      const std::string name = "@" + std::to_string(i) + "@";
      const std::size_t place = once.find(name);
      CHECK(place != std::string::npos);
      CHECK(once.find(name, place + 1) == std::string::npos);
    }
  }
}
