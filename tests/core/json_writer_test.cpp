#include "skein/json.hpp"
#include "skein/text_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "skein/json.hpp"

namespace {

using skein::Diagnostics;
using skein::JsonLayout;
using skein::List;
using skein::Object;
using skein::Value;
using skein::write_json;

std::string line(const Value& value) { return write_json(value, JsonLayout::one_line); }

Value read_back(const std::string& text) {
  Diagnostics diagnostics;
  std::optional<Value> value = skein::parse_json(text, "written", diagnostics);
  for (const auto& item : diagnostics.items()) MESSAGE(skein::to_text(item));
  REQUIRE(value.has_value());
  return std::move(*value);
}

TEST_CASE("scalars are written in their shortest form") {
  CHECK(line(Value()) == "null");
  CHECK(line(true) == "true");
  CHECK(line(false) == "false");
  CHECK(line(-12) == "-12");
  CHECK(line(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(line(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
}

TEST_CASE("reals read back as reals and to the same bits") {
  const std::vector<std::pair<double, std::string>> cases = {{2.0, "2.0"},
                                                             {-0.0, "-0.0"},
                                                             {0.1, "0.1"},
                                                             {1e22, "1e22"},
                                                             {1e-8, "1e-8"},
                                                             {-2.5e-300, "-2.5e-300"},
                                                             {123456.789, "123456.789"},
                                                             {1.0 / 3.0, "0.3333333333333333"},
                                                             {0.1 + 0.2, "0.30000000000000004"},
                                                             {9007199254740993.0, "9007199254740992.0"},
                                                             {5e-324, "5e-324"},
                                                             {1.7976931348623157e308, "1.7976931348623157e308"}};
  for (const auto& [number, text] : cases) {
    CHECK(line(number) == text);
    const Value again = read_back(text);
    REQUIRE(again.is_real());
    CHECK(std::bit_cast<std::uint64_t>(again.number()) == std::bit_cast<std::uint64_t>(number));
  }
}

TEST_CASE("infinities and NaN are texts") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(line(List{infinity, -infinity, std::numeric_limits<double>::quiet_NaN()}) == R"(["inf", "-inf", "nan"])");
}

TEST_CASE("texts are escaped where JSON asks for it and keep their UTF-8") {
  CHECK(line("a\"b\\c/\b\f\n\r\t") == R"("a\"b\\c/\b\f\n\r\t")");
  CHECK(line(std::string("\0\x01\x1f\x7f", 4)) == R"("\u0000\u0001\u001f\u007f")");
  CHECK(line("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80") == "\"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\"");
}

TEST_CASE("ill-formed bytes of a text are replaced, so that the result can be read") {
  CHECK(line("a\xFF\xC3z\xE2\x82") == "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\"");
  CHECK(read_back(line("\xED\xA0\x80")).is_text());
}

TEST_CASE("what is short stands on one line") {
  CHECK(write_json(List{}) == "[]\n");
  CHECK(write_json(Object{}) == "{}\n");
  CHECK(write_json(List{1, List{2.0, "x"}, Object{}}) == "[1, [2.0, \"x\"], {}]\n");
  CHECK(write_json(Object{{"a", {}, 1}, {"b", {}, Object{{"c\n", {}, Value()}}}}) ==
        "{\"a\": 1, \"b\": {\"c\\n\": null}}\n");
}

TEST_CASE("what is long is broken, outside first") {
  const std::string long_text(80, 'x');
  const Value value(Object{{"format", {}, "skein/1"},
                           {"nodes", {}, Object{{"first", {}, long_text}, {"second", {}, List{1, 2, 3}}}},
                           {"flow", {}, List{"first", "second"}}});
  CHECK(write_json(value) ==
        "{\n"
        "  \"format\": \"skein/1\",\n"
        "  \"nodes\": {\n"
        "    \"first\": \"" +
            long_text +
            "\",\n"
            "    \"second\": [1, 2, 3]\n"
            "  },\n"
            "  \"flow\": [\"first\", \"second\"]\n"
            "}\n");
}

TEST_CASE("a line holds 110 columns, counted in code points and with its comma") {
  CHECK(write_json(List{std::string(106, 'x')}) == "[\"" + std::string(106, 'x') + "\"]\n");
  CHECK(write_json(List{std::string(107, 'x')}) == "[\n  \"" + std::string(107, 'x') + "\"\n]\n");
  std::string umlauts;
  for (int i = 0; i < 106; ++i) umlauts += "\xC3\xA4";
  CHECK(write_json(List{umlauts}) == "[\"" + umlauts + "\"]\n");
  const auto inner = [](std::size_t length) { return Value(List{List{std::string(length, 'x')}, 1}); };
  CHECK(write_json(inner(103)) == "[\n  [\"" + std::string(103, 'x') + "\"],\n  1\n]\n");
  CHECK(write_json(inner(104)) == "[\n  [\n    \"" + std::string(104, 'x') + "\"\n  ],\n  1\n]\n");
  const Value member(Object{{"key", {}, List{std::string(96, 'x')}}, {"b", {}, 1}});
  CHECK(write_json(member) == "{\n  \"key\": [\"" + std::string(96, 'x') + "\"],\n  \"b\": 1\n}\n");
}

TEST_CASE("one line stays one line however long") {
  List numbers;
  for (int i = 0; i < 200; ++i) numbers.emplace_back(i);
  const std::string text = line(numbers);
  CHECK(text.find('\n') == std::string::npos);
  CHECK(read_back(text) == Value(numbers));
}

class RandomTree {
 public:
  explicit RandomTree(unsigned seed) : generator_(seed) {}

  Value value(int depth) {
    switch (below(depth > 0 ? 9 : 7)) {
      case 0:
        return {};
      case 1:
        return below(2) == 0;
      case 2:
        return static_cast<std::int64_t>(generator_());
      case 3:
        return std::uint64_t{generator_()};
      case 4:
        return static_cast<int>(below(100));
      case 5:
        return real();
      case 6:
        return text();
      case 7:
        return list(depth);
      default:
        return object(depth);
    }
  }

 private:
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(generator_() % bound); }

  double real() {
    const double number = std::bit_cast<double>(std::uint64_t{generator_()});
    return std::isfinite(number) ? number : 0.5;
  }

  std::string text() {
    static const std::vector<std::string> pieces = {
        "a", "\"", "\\", "/", "\n", std::string(1, '\0'), "\x7f", "\xC3\xA4", "\xF0\x9F\x98\x80", "//", "= x + 1", " "};
    std::string out;
    for (std::size_t count = below(12); count > 0; --count) out += pieces[below(pieces.size())];
    return out;
  }

  Value list(int depth) {
    List items;
    for (std::size_t count = below(6); count > 0; --count) items.push_back(value(depth - 1));
    return items;
  }

  Value object(int depth) {
    Object members;
    for (std::size_t count = below(6); count > 0; --count) {
      members.push_back({text() + std::to_string(count), {}, value(depth - 1)});
    }
    return members;
  }

  std::mt19937_64 generator_;
};

std::size_t longest_line_that_could_be_shorter(const std::string& text) {
  std::size_t longest = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    const std::size_t bracket = text.find_first_of("[{", start);
    const bool has_inner_break = bracket < end && text.find_first_of("]}", bracket) < end;
    if (has_inner_break && text.find('"', start) > end) longest = std::max(longest, end - start);
    start = end + 1;
  }
  return longest;
}

TEST_CASE("reading what was written gives the same value, and writing that the same text") {
  RandomTree trees(7);
  for (int i = 0; i < 3000; ++i) {
    const Value value = trees.value(5);
    const std::string indented = write_json(value);
    const Value again = read_back(indented);
    CHECK_MESSAGE(again == value, indented);
    CHECK(write_json(again) == indented);
    CHECK(read_back(line(value)) == value);
    CHECK(longest_line_that_could_be_shorter(indented) <= 110);
  }
}

TEST_CASE("reals of every magnitude read back to the same bits") {
  std::mt19937_64 generator(11);
  for (int i = 0; i < 20000; ++i) {
    const double number = std::bit_cast<double>(std::uint64_t{generator()});
    if (!std::isfinite(number)) continue;
    const Value again = read_back(line(number));
    REQUIRE(again.is_real());
    REQUIRE(std::bit_cast<std::uint64_t>(again.number()) == std::bit_cast<std::uint64_t>(number));
  }
}

/// A folder of its own, removed at the end.
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "skein-writer-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path); }

  [[nodiscard]] std::string file(const std::string& name) const { return (path / name).string(); }
  [[nodiscard]] long entries() const {
    return std::distance(std::filesystem::directory_iterator(path), std::filesystem::directory_iterator());
  }
};

std::string content_of(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// The finding when neither the check nor the writing works; both must say the same.
std::string unwritable(const std::string& path) {
  Diagnostics checked;
  Diagnostics written;
  CHECK_FALSE(skein::check_writable(path, checked));
  CHECK_FALSE(skein::write_file_atomically(path, "new", written));
  REQUIRE(checked.items().size() == 1);
  REQUIRE(written.items().size() == 1);
  CHECK(skein::to_text(checked.items()[0]) == skein::to_text(written.items()[0]));
  CHECK(checked.items()[0].code == "output-unwritable");
  return checked.items()[0].found;
}

TEST_CASE("a file is written whole and leaves nothing else behind") {
  const Folder folder;
  Diagnostics diagnostics;
  const std::string large(1'000'000, 'x');
  CHECK(skein::write_file_atomically(folder.file("a.json"), "first", diagnostics));
  CHECK(content_of(folder.file("a.json")) == "first");
  CHECK(skein::write_file_atomically(folder.file("a.json"), large, diagnostics));
  CHECK(content_of(folder.file("a.json")) == large);
  CHECK(skein::write_file_atomically(folder.file("a.json"), "", diagnostics));
  CHECK(content_of(folder.file("a.json")).empty());
  CHECK(diagnostics.empty());
  CHECK(folder.entries() == 1);
}

TEST_CASE("a file in the current folder needs no path") {
  const Folder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path);
  Diagnostics diagnostics;
  CHECK(skein::check_writable("plain.json", diagnostics));
  CHECK(folder.entries() == 0);
  CHECK(skein::write_file_atomically("plain.json", "1", diagnostics));
  std::filesystem::current_path(before);
  CHECK(content_of(folder.file("plain.json")) == "1");
}

TEST_CASE("permissions of the old file are kept and links are followed") {
  const Folder folder;
  Diagnostics diagnostics;
  std::ofstream(folder.file("real.json")) << "old";
  REQUIRE(::chmod(folder.file("real.json").c_str(), 0640) == 0);
  std::filesystem::create_symlink("real.json", folder.file("link.json"));
  CHECK(skein::check_writable(folder.file("link.json"), diagnostics));
  CHECK(skein::write_file_atomically(folder.file("link.json"), "new", diagnostics));
  CHECK(content_of(folder.file("real.json")) == "new");
  CHECK(std::filesystem::is_symlink(folder.file("link.json")));
  CHECK(std::filesystem::status(folder.file("real.json")).permissions() == std::filesystem::perms{0640});
  CHECK(folder.entries() == 2);
}

TEST_CASE("devices are written to and stay devices") {
  Diagnostics diagnostics;
  CHECK(skein::check_writable("/dev/null", diagnostics));
  CHECK(skein::write_file_atomically("/dev/null", "text", diagnostics));
  CHECK(std::filesystem::is_character_file("/dev/null"));
  CHECK(skein::check_writable("/dev/full", diagnostics));
  CHECK(diagnostics.empty());
  CHECK_FALSE(skein::write_file_atomically("/dev/full", "text", diagnostics));
  REQUIRE(diagnostics.items().size() == 1);
  CHECK(skein::to_text(diagnostics.items()[0]) ==
        "/dev/full: error: the file \"/dev/full\" cannot be written [output-unwritable]\n"
        "  found: No space left on device");
}

TEST_CASE("a pipe that nobody reads is an error, not a reason to wait") {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("skein_pipe_" + std::to_string(::getpid()))).string();
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  skein::Diagnostics diagnostics;
  CHECK_FALSE(skein::write_file_atomically(path, "text", diagnostics));
  REQUIRE(diagnostics.items().size() == 1);
  CHECK(diagnostics.items()[0].code == "output-unwritable");
  CHECK(std::filesystem::is_fifo(path));
  std::filesystem::remove(path);
}

TEST_CASE("what cannot be written is known before and changes nothing") {
  const Folder folder;
  std::filesystem::create_directory(folder.file("folder"));
  std::ofstream(folder.file("file")) << "old";
  CHECK(unwritable(folder.file("folder")) == "a folder of this name");
  CHECK(unwritable(folder.file("none/a.json")) == "no folder \"" + folder.file("none") + "\"");
  CHECK(unwritable(folder.file("file/a.json")) == "Not a directory");
  CHECK(unwritable(folder.file("new/")) == "the name of a folder");
  CHECK(unwritable("") == "an empty file name");
  CHECK(unwritable(std::string("a\0b", 3)) == "a file name with a NUL byte");
  CHECK(unwritable(folder.file(std::string(300, 'x'))) == "File name too long");
  CHECK(folder.entries() == 2);
  CHECK(content_of(folder.file("file")) == "old");
}

TEST_CASE("folders and files without permission cannot be written") {
  if (::geteuid() == 0) return;
  const Folder folder;
  std::ofstream(folder.file("file")) << "old";
  REQUIRE(::chmod(folder.file("file").c_str(), 0440) == 0);
  CHECK(unwritable(folder.file("file")) == "Permission denied");
  REQUIRE(::chmod(folder.path.c_str(), 0500) == 0);
  CHECK(unwritable(folder.file("new")).find("Permission denied") != std::string::npos);
  REQUIRE(::chmod(folder.path.c_str(), 0700) == 0);
  CHECK(content_of(folder.file("file")) == "old");
}

}  // namespace
