#include "skein/json.hpp"
#include "skein/text_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using skein::Diagnostics;
using skein::List;
using skein::Object;
using skein::Value;

Value parsed(std::string_view text) {
  Diagnostics diagnostics;
  const std::optional<Value> value = skein::parse_json(text, "test.json", diagnostics);
  for (const auto& item : diagnostics.items()) MESSAGE(skein::to_text(item));
  REQUIRE(value.has_value());
  CHECK(diagnostics.empty());
  return *value;
}

/// The findings for a text that must be refused, one below the other.
std::string refused(std::string_view text) {
  Diagnostics diagnostics;
  CHECK_FALSE(skein::parse_json(text, "test.json", diagnostics).has_value());
  CHECK(diagnostics.has_errors());
  std::string out;
  for (const auto& item : diagnostics.items()) out += (out.empty() ? "" : "\n") + skein::to_text(item);
  return out;
}

std::string place(const skein::SourceLocation& where) {
  return where.file + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST_CASE("JSON values of every kind are read") {
  CHECK(parsed("null") == Value());
  CHECK(parsed("true") == Value(true));
  CHECK(parsed("false") == Value(false));
  CHECK(parsed("-12") == Value(-12));
  CHECK(parsed("1.0") == Value(1.0));
  CHECK(parsed("1e3") == Value(1000.0));
  CHECK(parsed("1e-400") == Value(0.0));
  CHECK(parsed("\"text\"") == Value("text"));
  CHECK(parsed("[]") == Value(List{}));
  CHECK(parsed("{}") == Value(Object{}));
  CHECK(parsed("{\"a\": [1, {\"b\": null}]}") == Value(Object{{"a", {}, List{1, Value(Object{{"b", {}, Value()}})}}}));
}

TEST_CASE("integers of 64 bits are read exactly") {
  CHECK(parsed("9223372036854775807") == Value(std::numeric_limits<std::int64_t>::max()));
  CHECK(parsed("-9223372036854775808") == Value(std::numeric_limits<std::int64_t>::min()));
  CHECK(parsed("9223372036854775808") == Value(std::uint64_t{9223372036854775808U}));
  CHECK(parsed("18446744073709551615") == Value(std::numeric_limits<std::uint64_t>::max()));
  CHECK(parsed("9007199254740993") == Value(std::int64_t{9007199254740993}));
}

TEST_CASE("escapes in texts are read") {
  CHECK(parsed(R"("\"\\\/\b\f\n\r\t\u0041\u00e4\ud83d\ude00")") == Value("\"\\/\b\f\n\r\tA\xC3\xA4\xF0\x9F\x98\x80"));
  CHECK(parsed(R"("a\u0000b")") == Value(std::string("a\0b", 3)));
}

TEST_CASE("every value and every key has its place") {
  const Value value = parsed(
      "{\n"
      "  // a comment\n"
      "  \"list\": [1, \"two\",\n"
      "    /* another\n"
      "       one */ true, null],\n"
      "  \"\xC3\xA4\xE2\x82\xAC\": {\"x\": -1.5},\r\n"
      "\t\"end\": []\n"
      "}\n");
  CHECK(place(value.where) == "test.json:1:1");
  const Object& members = value.object();
  REQUIRE(members.size() == 3);
  CHECK(place(members[0].key_where) == "test.json:3:3");
  const List& list = members[0].value.list();
  CHECK(place(members[0].value.where) == "test.json:3:11");
  CHECK(place(list[0].where) == "test.json:3:12");
  CHECK(place(list[1].where) == "test.json:3:15");
  CHECK(place(list[2].where) == "test.json:5:15");
  CHECK(place(list[3].where) == "test.json:5:21");
  CHECK(place(members[1].key_where) == "test.json:6:3");
  CHECK(place(members[1].value.where) == "test.json:6:9");  // two code points in five bytes
  CHECK(place(members[1].value.object()[0].key_where) == "test.json:6:10");
  CHECK(place(members[1].value.object()[0].value.where) == "test.json:6:15");
  CHECK(place(members[2].key_where) == "test.json:7:2");
  CHECK(place(members[2].value.where) == "test.json:7:9");
}

TEST_CASE("comments may stand everywhere, and slashes in texts are no comments") {
  CHECK(parsed("// only\n/**/[/* a */1/***/,// b\n2]/*/ still one */ // end") == Value(List{1, 2}));
  const Value value = parsed("[\"// no\", \"/* no\", \"\\\"//\" , 3]");
  CHECK(value.list()[2].text() == "\"//");
  CHECK(value.list()[3].where.column == 29);
  CHECK(parsed("1 // ends at a carriage return\r") == Value(1));
}

TEST_CASE("a byte order mark is skipped and takes no column") {
  const Value value = parsed("\xEF\xBB\xBF[1]");
  CHECK(place(value.list()[0].where) == "test.json:1:2");
}

TEST_CASE("an empty document is called that") {
  const std::string expected = "test.json:1:1: error: the document is empty [empty-document]\n  expected: a JSON value";
  CHECK(refused("") == expected);
  CHECK(refused(" \n\t") == expected);
  CHECK(refused("// nothing\n/* here */") == expected);
  CHECK(refused("\xEF\xBB\xBF") == expected);
}

TEST_CASE("a document that ends too early says what is still open") {
  CHECK(refused("{\n \"a\": [1,\n  2") ==
        "test.json:3:4: error: the document ends inside the list that was opened at line 2, column 7 [malformed-json]\n"
        "  expected: \",\" or \"]\"\n"
        "  found: the end of the document");
  CHECK(refused("{") ==
        "test.json:1:2: error: the document ends inside the object that was opened at line 1, column 1 "
        "[malformed-json]\n"
        "  expected: a key in double quotes or \"}\"\n"
        "  found: the end of the document");
  CHECK(refused("{\"a\"").find("expected: \":\"") != std::string::npos);
  CHECK(refused("{\"a\":").find("expected: a value\n") != std::string::npos);
  CHECK(refused("{\"a\":1,").find("expected: a key in double quotes\n") != std::string::npos);
  CHECK(refused("[").find("expected: a value or \"]\"\n") != std::string::npos);
}

TEST_CASE("texts and comments that are never closed point at their start") {
  CHECK(refused("{\"a\": \"bcd") ==
        "test.json:1:7: error: the text that starts here is not closed on its line [malformed-json]\n"
        "  expected: a closing quotation mark");
  CHECK(refused("[\"one,\n\"two\"]").find("test.json:1:2: error: the text that starts here is not closed") == 0);
  CHECK(refused("[\"a\\").find("test.json:1:2: error: the text that starts here is not closed") == 0);
  CHECK(refused("[1, /* never\nclosed ]") ==
        "test.json:1:5: error: the comment that starts here is never closed [malformed-json]\n"
        "  expected: \"*/\"");
}

TEST_CASE("what stands in the wrong place is named with what should stand there") {
  CHECK(refused("[1 2]") ==
        "test.json:1:4: error: found \"2\" where \",\" or \"]\" should stand in the list that was opened at line 1, "
        "column 1 [malformed-json]\n"
        "  expected: \",\" or \"]\"\n"
        "  found: \"2\"");
  CHECK(refused("{\"a\": 1\n \"b\": 2}").find("test.json:2:2: error: found \"b\" where \",\" or \"}\" should") == 0);
  CHECK(refused("{\"a\" 1}").find("test.json:1:6: error: found \"1\" where \":\" should stand in the object") == 0);
  CHECK(refused("{a: 1}").find("test.json:1:2: error: found \"a\" where a key in double quotes or \"}\" should") == 0);
  CHECK(refused("[1}").find("test.json:1:3: error: found \"}\" where \",\" or \"]\" should stand in the list") == 0);
  CHECK(refused(":").find("test.json:1:1: error: found \":\" where a value should stand [") == 0);
  CHECK(refused("[,1]").find("test.json:1:2: error: found \",\" where a value or \"]\" should stand in the list") == 0);
}

TEST_CASE("a comma at the end of a list or object is called that") {
  CHECK(refused("[1,]") ==
        "test.json:1:4: error: a comma must not stand before \"]\" [malformed-json]\n"
        "  expected: a value\n"
        "  found: \"]\"");
  CHECK(refused("{\"a\": 1,\n}").find("test.json:2:1: error: a comma must not stand before \"}\" [") == 0);
}

TEST_CASE("nothing may follow the value") {
  CHECK(refused("{} {}") ==
        "test.json:1:4: error: the document goes on after the end of its value [malformed-json]\n"
        "  expected: the end of the document\n"
        "  found: \"{\"");
  CHECK(refused("1]").find("test.json:1:2: error: the document goes on") == 0);
  CHECK(refused("[]x").find("test.json:1:3: error: the document goes on") == 0);
}

TEST_CASE("words that are no JSON get a suggestion where one is known") {
  CHECK(refused("[True]") ==
        "test.json:1:2: error: \"True\" is no value of JSON [malformed-json]\n"
        "  expected: a value\n"
        "  found: \"True\"\n"
        "  suggestion: true");
  CHECK(refused("NaN").find("suggestion: \"nan\"") != std::string::npos);
  CHECK(refused("[-Infinity]").find("suggestion: \"-inf\"") != std::string::npos);
  CHECK(refused("[abc]") ==
        "test.json:1:2: error: \"abc\" is no value of JSON [malformed-json]\n"
        "  expected: true, false, null, a number, or a text in double quotes\n"
        "  found: \"abc\"");
  CHECK(refused("['abc']").find("expected: true, false, null, a number, or a text in double quotes") !=
        std::string::npos);
  CHECK(refused("[1, / 2]").find("test.json:1:5: error: a single \"/\" starts no comment [") == 0);
}

TEST_CASE("numbers in other forms than JSON's are refused") {
  for (const char* number : {"01", "+1", ".5", "1.", "-", "1e", "1e+", "0x10", "1.2.3", "--1", "12abc"}) {
    CAPTURE(std::string(number));
    CHECK(refused("[" + std::string(number) + "]").find("test.json:1:2: error: ") == 0);
    CHECK(refused("[" + std::string(number) + "]").find("[malformed-json]") != std::string::npos);
  }
  CHECK(refused("[1.]") ==
        "test.json:1:2: error: \"1.\" is not a number as JSON writes it [malformed-json]\n"
        "  expected: a number such as 12, -0.5 or 1e-8\n"
        "  found: \"1.\"");
}

TEST_CASE("wrong escapes and control characters in texts are pointed at") {
  CHECK(refused("[\"\xC3\xA4\\q\"]") ==
        "test.json:1:5: error: a text holds an escape that JSON does not know [malformed-json]\n"
        "  expected: \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hexadecimal digits, surrogates in pairs\n"
        "  found: \"q\"");
  CHECK(refused("\"a\tb\"") ==
        "test.json:1:3: error: a text must not hold a control character [malformed-json]\n"
        "  expected: an escape such as \"\\t\" or \"\\u0009\"\n"
        "  found: \"\\t\"");
  CHECK(refused(R"("\u12g4")").find("test.json:1:6: error: a text holds an escape") == 0);
  CHECK(refused(R"("\ud800")").find("error: a text holds an escape") != std::string::npos);
  CHECK(refused(R"("\udc00")").find("error: a text holds an escape") != std::string::npos);
  CHECK(refused(R"({"\x": 1})").find("test.json:1:4: error: a text holds an escape") == 0);
}

TEST_CASE("what is no text in UTF-8 is refused at its first wrong byte") {
  CHECK(refused("[\"\xC3\xA4\", \"\xFF\"]") ==
        "test.json:1:8: error: the document is not text in UTF-8 [malformed-json]\n"
        "  expected: a text file in UTF-8\n"
        "  found: the byte 0xff");
  CHECK(refused(std::string_view("{}\0[]", 5)).find("test.json:1:3: error: the document is not text") == 0);
  CHECK(refused("// \x80\n1").find("test.json:1:4: error: the document is not text") == 0);
  for (const char* wrong : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF0\x80\x80\x80", "\xC3",
                            "\xE2\x82", "\xF0\x9F\x98", "\xFE"}) {
    CAPTURE(std::string(wrong));
    CHECK(refused("\n\"" + std::string(wrong) + "\"").find("test.json:2:2: error: the document is not text") == 0);
  }
}

TEST_CASE("numbers that cannot be held are refused where they stand") {
  CHECK(refused("{\"a\": [1, 1e400]}") ==
        "test.json:1:11: error: this number is too large to be held [number-out-of-range]\n"
        "  path: a/1\n"
        "  expected: a number from -1.7976931348623157e308 to 1.7976931348623157e308\n"
        "  found: 1e400");
  const std::string integers = refused("[18446744073709551616,\n -9223372036854775809]");
  CHECK(integers ==
        "test.json:1:2: error: this number is too large to be held [number-out-of-range]\n"
        "  path: 0\n"
        "  expected: an integer from -9223372036854775808 to 18446744073709551615\n"
        "  found: 18446744073709551616\n"
        "test.json:2:2: error: this number is too large to be held [number-out-of-range]\n"
        "  path: 1\n"
        "  expected: an integer from -9223372036854775808 to 18446744073709551615\n"
        "  found: -9223372036854775809");
  CHECK(refused(std::string(1000, '9')).find("[number-out-of-range]") != std::string::npos);
}

TEST_CASE("all duplicate keys are collected, each with both places") {
  const std::string text =
      "{\"a\": 1, \"b\": {\"x\": 1, \"y\": 2,\n"
      "  \"x\": 3},\n"
      " \"a\": 2, \"\\u0061\": 3}";
  CHECK(refused(text) ==
        "test.json:2:3: error: the key \"x\" was already given at line 1, column 16 [duplicate-key]\n"
        "  path: b/x\n"
        "  expected: each key once\n"
        "test.json:3:2: error: the key \"a\" was already given at line 1, column 2 [duplicate-key]\n"
        "  path: a\n"
        "  expected: each key once\n"
        "test.json:3:10: error: the key \"a\" was already given at line 1, column 2 [duplicate-key]\n"
        "  path: a\n"
        "  expected: each key once");
  CHECK(parsed("[{\"a\": 1}, {\"a\": {\"a\": 1}}]").list().size() == 2);
}

TEST_CASE("documents nest 200 deep and no deeper") {
  CHECK(parsed(nested(200)).is_list());
  const std::string finding = refused(nested(201));
  CHECK(finding.find("test.json:1:201: error: lists and objects are nested too deep [nested-too-deep]\n") == 0);
  CHECK(finding.find("expected: at most 200 levels") != std::string::npos);
  CHECK(refused(std::string(3'000'000, '[')).find("[nested-too-deep]") != std::string::npos);
  std::string objects;
  for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
  CHECK(refused(objects).find("[nested-too-deep]") != std::string::npos);
}

TEST_CASE("documents of more than 16 MiB are refused") {
  std::string text(skein::largest_document, ' ');
  text.back() = '1';
  CHECK(parsed(text) == Value(1));
  text += ' ';
  CHECK(refused(text) ==
        "test.json: error: the document is too large [document-too-large]\n"
        "  expected: at most 16777216 bytes\n"
        "  found: 16777217 bytes");
}

constexpr std::string_view fuzz_seed = R"({ "format": "skein/1", // comment
  "run": "rastrigin \u00e4 \ud83d\ude00", /* block */
  "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": 40, "list": [1, -2.5e-3, true, null, []]}},
  "seed": 18446744073709551615, "stop": {"target": 1e-8, "ä€": {}} })";

std::string mutated(std::mt19937& generator) {
  constexpr std::string_view pieces = "{}[],:\"\\/*-+.eE0123456789truefalsn \n\r\t\x01\x7f\x80\xC3\xED\xF0\xFF";
  const auto below = [&generator](std::size_t bound) { return static_cast<std::size_t>(generator() % bound); };
  std::string text(fuzz_seed);
  for (std::size_t changes = 1 + below(6); changes > 0 && !text.empty(); --changes) {
    const std::size_t at = below(text.size());
    const std::size_t count = 1 + below(8);
    switch (below(5)) {
      case 0:
        text[at] = pieces[below(pieces.size())];
        break;
      case 1:
        text.erase(at, count);
        break;
      case 2:
        text.insert(at, 1, pieces[below(pieces.size())]);
        break;
      case 3:
        text.insert(at, text.substr(below(text.size()), count));
        break;
      default:
        if (below(8) == 0) text.resize(at);
        text.insert(text.size() / 2, 1, '\0');
        text.erase(text.size() / 2, below(2));
    }
  }
  return text;
}

TEST_CASE("a damaged document gives a value or a finding inside the document, never anything else") {
  std::mt19937 generator(20240607);
  std::size_t accepted = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string text = mutated(generator);
    Diagnostics diagnostics;
    const std::optional<Value> value = skein::parse_json(text, "f", diagnostics);
    if (value.has_value()) ++accepted;
    if (value.has_value() == diagnostics.has_errors()) {
      CAPTURE(text);
      REQUIRE(value.has_value() != diagnostics.has_errors());
    }
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const auto& item : diagnostics.items()) {
      const bool is_inside = item.where.line >= 1 && item.where.line <= lines && item.where.column >= 1 &&
                             item.where.column <= text.size() + 1;
      if (!is_inside || item.code.empty() || item.message.empty()) {
        CAPTURE(text);
        CAPTURE(skein::to_text(item));
        REQUIRE(is_inside);
      }
    }
  }
  CHECK(accepted > 100);
  CHECK(accepted < 19000);
}

/// A folder of its own, removed at the end.
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "skein-reader-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path); }
  [[nodiscard]] std::string file(const std::string& name) const { return (path / name).string(); }
};

std::string unreadable(const std::string& path) {
  Diagnostics diagnostics;
  CHECK_FALSE(skein::read_text_file(path, diagnostics).has_value());
  REQUIRE(diagnostics.items().size() == 1);
  CHECK(diagnostics.items()[0].where.file == path);
  return diagnostics.items()[0].code;
}

TEST_CASE("files are read whole, byte by byte") {
  const Folder folder;
  const std::string content("a\r\nb\0c\n", 7);
  std::ofstream(folder.file("a.json"), std::ios::binary) << content;
  std::ofstream(folder.file("empty.json"), std::ios::binary);
  Diagnostics diagnostics;
  CHECK(skein::read_text_file(folder.file("a.json"), diagnostics) == content);
  CHECK(skein::read_text_file(folder.file("empty.json"), diagnostics) == std::string());
  CHECK(diagnostics.empty());
}

TEST_CASE("a file that is not there is called that") {
  const Folder folder;
  CHECK(unreadable(folder.file("none.json")) == "file-not-found");
  CHECK(unreadable(folder.file("no/folder.json")) == "file-not-found");
  CHECK(unreadable("") == "file-not-found");
  CHECK(unreadable(std::string("a\0b", 3)) == "file-not-found");
  Diagnostics diagnostics;
  CHECK_FALSE(skein::read_text_file("/none.json", diagnostics).has_value());
  CHECK(skein::to_text(diagnostics.items()[0]) ==
        "/none.json: error: there is no file \"/none.json\" [file-not-found]\n  found: No such file or directory");
}

TEST_CASE("folders and files without permission are unreadable") {
  const Folder folder;
  CHECK(unreadable(folder.path.string()) == "file-unreadable");
  std::ofstream(folder.file("secret.json")) << "{}";
  REQUIRE(::chmod(folder.file("secret.json").c_str(), 0) == 0);
  if (::geteuid() != 0) CHECK(unreadable(folder.file("secret.json")) == "file-unreadable");
}

TEST_CASE("a file that is too large is refused without being read") {
  const Folder folder;
  std::ofstream(folder.file("large.json")) << "1";
  std::filesystem::resize_file(folder.file("large.json"), 1'000'000'000'000);  // a hole
  CHECK(unreadable(folder.file("large.json")) == "document-too-large");
  CHECK(unreadable("/dev/zero") == "document-too-large");
}

TEST_CASE("pipes are read to their end") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  REQUIRE(::write(ends[1], "[1]", 3) == 3);
  ::close(ends[1]);
  Diagnostics diagnostics;
  CHECK(skein::read_text_file("/dev/fd/" + std::to_string(ends[0]), diagnostics) == "[1]");
  ::close(ends[0]);
}

}  // namespace
