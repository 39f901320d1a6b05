#include "problems/combinatorial/tsplib_file.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <utility>

#include "problems/combinatorial/instance_words.hpp"
#include "problems/combinatorial/tsplib_distances.hpp"

namespace skein {
namespace {

constexpr double longest_distance = std::numeric_limits<std::int32_t>::max();

constexpr std::array<std::string_view, 12> keywords = {"NAME",
                                                       "TYPE",
                                                       "COMMENT",
                                                       "DIMENSION",
                                                       "CAPACITY",
                                                       "EDGE_WEIGHT_TYPE",
                                                       "EDGE_WEIGHT_FORMAT",
                                                       "EDGE_DATA_FORMAT",
                                                       "NODE_COORD_TYPE",
                                                       "DISPLAY_DATA_TYPE",
                                                       "EOF",
                                                       "SALESMEN"};

struct WeightType {
  std::string_view name;
  CityDistance distance;  ///< null: explicit
  double largest_x = 1e9;
  double largest_y = 1e9;
};

constexpr std::array<WeightType, 5> weight_types = {{{"EUC_2D", &euclidean_distance},
                                                     {"CEIL_2D", &ceiling_distance},
                                                     {"ATT", &pseudo_euclidean_distance},
                                                     {"GEO", &geographical_distance, 90, 180},
                                                     {"EXPLICIT", nullptr}}};

/// Which columns of row i an explicit matrix holds: from `first` to `last - 1`, in rows of n.
struct MatrixFormat {
  std::string_view name;
  bool upper;
  bool lower;
  bool diagonal;

  [[nodiscard]] std::size_t first(std::size_t row) const { return lower ? 0 : row + (diagonal ? 0 : 1); }
  [[nodiscard]] std::size_t last(std::size_t row, std::size_t n) const { return upper ? n : row + (diagonal ? 1 : 0); }
  [[nodiscard]] std::size_t count(std::size_t n) const {
    return upper && lower ? n * n : diagonal ? n * (n + 1) / 2 : n * (n - 1) / 2;
  }
};

/// The columns of one triangle are the rows of the other one.
constexpr std::array<MatrixFormat, 9> matrix_formats = {{{"FULL_MATRIX", true, true, true},
                                                         {"UPPER_ROW", true, false, false},
                                                         {"LOWER_ROW", false, true, false},
                                                         {"UPPER_DIAG_ROW", true, false, true},
                                                         {"LOWER_DIAG_ROW", false, true, true},
                                                         {"UPPER_COL", false, true, false},
                                                         {"LOWER_COL", true, false, false},
                                                         {"UPPER_DIAG_COL", false, true, true},
                                                         {"LOWER_DIAG_COL", true, false, true}}};

template <class Table>
std::string names_in(const Table& table) {
  std::string text;
  for (const auto& entry : table) text += (text.empty() ? "" : ", ") + std::string(entry.name);
  return text;
}

/// What a keyword was given, with its place.
struct Setting {
  InstanceWord keyword;
  InstanceWord value;
};

struct Section {
  InstanceWord keyword;
  std::vector<std::vector<InstanceWord>> lines;
};

/// "DIMENSION", "NODE_COORD_SECTION": what stands at the start of a line and is no data, not even wrong data.
bool is_keyword(std::string_view word) {
  const bool is_number = word == "NAN" || word == "INF" || word == "INFINITY";
  return !is_number && word.size() > 1 && std::ranges::all_of(word, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }) && word.front() >= 'A';
}

std::string number_text(std::size_t number) { return std::to_string(number); }

class Reader {
 public:
  Reader(std::string_view text, const std::string& file, Diagnostics& diagnostics) : findings_(file, diagnostics) {
    read_lines(text);
  }

  std::optional<CityDistances> distances() {
    if (line_count_ == 0) {
      findings_.add(0, 0, "The file is empty.", "a TSPLIB file", "the end of the file");
      return std::nullopt;
    }
    check_type();
    const auto cities = dimension();
    const WeightType* type = chosen("EDGE_WEIGHT_TYPE", weight_types);
    CityDistances result;
    if (type != nullptr && type->distance != nullptr) {
      largest_x_ = type->largest_x;
      largest_y_ = type->largest_y;
      const auto coordinates = read_coordinates(cities);
      if (cities && findings_.empty()) fill(coordinates, *type, result);
    } else if (type != nullptr) {
      const MatrixFormat* format = chosen("EDGE_WEIGHT_FORMAT", matrix_formats);
      const auto weights = read_weights(cities, format);
      if (cities && format != nullptr && findings_.empty()) check_symmetry(weights, *format, *cities);
      if (cities && format != nullptr && findings_.empty()) fill(weights, *format, *cities, result);
    }
    return findings_.empty() ? std::optional(std::move(result)) : std::nullopt;
  }

 private:
  void read_lines(std::string_view text) {
    Section* section = nullptr;
    for (const std::string_view line : lines_of(text)) {
      const auto words = words_of_line(line, ++line_count_);
      if (words.empty()) continue;
      InstanceWord keyword = words.front();
      keyword.text = keyword.text.substr(0, keyword.text.find(':'));
      if (!is_keyword(keyword.text)) {
        if (section != nullptr) {
          section->lines.push_back(words);
        } else {
          findings_.add(words.front(), "A line begins with no keyword of TSPLIB.", "KEYWORD : VALUE, or a section");
        }
        continue;
      }
      section = nullptr;
      if (keyword.text == "EOF") return;
      if (keyword.text.ends_with("_SECTION")) {
        section = begin_section(keyword);
      } else {
        read_setting(keyword, line);
      }
    }
  }

  Section* begin_section(const InstanceWord& keyword) {
    constexpr std::array<std::string_view, 3> known = {"NODE_COORD_SECTION", "EDGE_WEIGHT_SECTION",
                                                       "DISPLAY_DATA_SECTION"};
    if (std::ranges::find(known, keyword.text) == known.end()) {
      findings_.add(keyword, "This section is not known.",
                    "NODE_COORD_SECTION, EDGE_WEIGHT_SECTION or DISPLAY_DATA_SECTION");
      ignored_.emplace_back();
      return &ignored_.back();
    }
    const auto [entry, is_new] = sections_.try_emplace(keyword.text, Section{keyword, {}});
    if (!is_new) report_twice(keyword, entry->second.keyword);
    return &entry->second;
  }

  void read_setting(const InstanceWord& keyword, std::string_view line) {
    if (std::ranges::find(keywords, keyword.text) == keywords.end()) {
      findings_.add(keyword, "This keyword is not known.", "a keyword of TSPLIB 95");
      return;
    }
    InstanceWord value{"", keyword.line, keyword.column};
    const std::size_t colon = line.find(':');
    const std::size_t after = colon == std::string_view::npos ? keyword.column - 1 + keyword.text.size() : colon + 1;
    const auto words = words_of_line(line.substr(after), keyword.line);
    if (!words.empty()) value = {words.front().text, keyword.line, after + words.front().column};
    const auto [entry, is_new] = settings_.try_emplace(keyword.text, Setting{keyword, value});
    if (!is_new && keyword.text != "COMMENT") report_twice(keyword, entry->second.keyword);
  }

  void report_twice(const InstanceWord& keyword, const InstanceWord& first) {
    findings_.add(keyword.line, keyword.column, "'" + std::string(keyword.text) + "' is given twice.", "once in a file",
                  "also in line " + number_text(first.line));
  }

  void report_missing(const std::string& what, const std::string& expected) {
    findings_.add(line_count_, 0, "There is no " + what + ".", expected, "the end of the file");
  }

  const Setting* setting(std::string_view keyword) const {
    const auto entry = settings_.find(keyword);
    return entry == settings_.end() ? nullptr : &entry->second;
  }

  void check_type() {
    const Setting* type = setting("TYPE");
    if (type == nullptr || type->value.text == "TSP" || type->value.text == "ATSP") return;
    findings_.add(type->value, "This file describes another kind of problem.", "TYPE : TSP or ATSP");
  }

  std::optional<std::size_t> dimension() {
    const std::string expected = "DIMENSION : an integer from 1 to " + std::to_string(most_cities);
    const Setting* found = setting("DIMENSION");
    if (found == nullptr) {
      report_missing("DIMENSION", expected);
      return std::nullopt;
    }
    const auto number = integer_of(found->value.text);
    if (number && *number >= 1 && *number <= most_cities) return static_cast<std::size_t>(*number);
    findings_.add(found->value, "This cannot be the number of cities.", expected);
    return std::nullopt;
  }

  /// The entry of a table that a keyword names; nullptr after a report.
  template <class Table>
  auto chosen(const std::string& keyword, const Table& table) -> const typename Table::value_type* {
    const Setting* found = setting(keyword);
    if (found == nullptr) {
      report_missing(keyword, "one of: " + names_in(table));
      return nullptr;
    }
    const auto entry = std::ranges::find(table, found->value.text, &Table::value_type::name);
    if (entry != table.end()) return &*entry;
    findings_.add(found->value, "This " + keyword + " is not known.", "one of: " + names_in(table));
    return nullptr;
  }

  const Section* section(const std::string& keyword, const std::string& expected) {
    const auto entry = sections_.find(keyword);
    if (entry != sections_.end()) return &entry->second;
    report_missing(keyword, expected);
    return nullptr;
  }

  std::vector<CityCoordinates> read_coordinates(std::optional<std::size_t> cities) {
    const Section* nodes = section("NODE_COORD_SECTION", "a line for each city: its number, x and y");
    if (nodes == nullptr) return {};
    const std::size_t count = cities.value_or(nodes->lines.size());
    std::vector<CityCoordinates> coordinates(count);
    std::vector<std::size_t> lines(count);  // where each city stands; 0: nowhere yet
    for (const auto& words : nodes->lines) read_city(words, coordinates, lines);
    const auto missing = static_cast<std::size_t>(std::ranges::count(lines, std::size_t{0}));
    // A line that was refused is as good as its city.
    if (missing > refused_cities_) {
      const auto first = static_cast<std::size_t>(std::ranges::find(lines, std::size_t{0}) - lines.begin()) + 1;
      findings_.add(
          nodes->keyword.line, nodes->keyword.column,
          "Cities are missing in the NODE_COORD_SECTION, the first of them number " + number_text(first) + ".",
          number_text(count) + " cities", number_text(count - missing));
    }
    return coordinates;
  }

  void read_city(const std::vector<InstanceWord>& words, std::vector<CityCoordinates>& coordinates,
                 std::vector<std::size_t>& lines) {
    if (words.size() != 3) {
      ++refused_cities_;
      findings_.add(words.front().line, words.front().column, "A city has the wrong number of words.",
                    "3 words: its number, x and y", number_text(words.size()));
      return;
    }
    const auto number = integer_of(words[0].text);
    const bool is_city = number && *number >= 1 && static_cast<std::size_t>(*number) <= lines.size();
    if (!is_city) findings_.add(words[0], "This is no city.", "an integer from 1 to " + number_text(lines.size()));
    const auto x = read_coordinate(words[1], largest_x_);
    const auto y = read_coordinate(words[2], largest_y_);
    if (!is_city) {
      ++refused_cities_;
      return;
    }
    const auto index = static_cast<std::size_t>(*number) - 1;
    if (lines[index] != 0) {
      ++refused_cities_;
      findings_.add(words[0].line, words[0].column, "City " + std::to_string(*number) + " is given twice.",
                    "each city once", "also in line " + number_text(lines[index]));
      return;
    }
    lines[index] = words[0].line;
    coordinates[index] = {x, y};
  }

  double read_coordinate(const InstanceWord& word, double largest) {
    const auto number = number_of(word.text);
    if (number && *number >= -largest && *number <= largest) return *number;
    const std::string limit = largest == 1e9 ? "1e9" : number_text(static_cast<std::size_t>(largest));
    findings_.add(word, "This is no coordinate.", "a finite number from -" + limit + " to " + limit);
    return 0;
  }

  std::vector<std::int32_t> read_weights(std::optional<std::size_t> cities, const MatrixFormat* format) {
    const Section* matrix = section("EDGE_WEIGHT_SECTION", "the distances, row by row");
    std::vector<std::int32_t> weights;
    if (matrix == nullptr) return weights;
    const std::string expected = "an integer from 0 to " + std::to_string(std::numeric_limits<std::int32_t>::max());
    for (const auto& line : matrix->lines) {
      for (const InstanceWord& word : line) {
        const auto number = integer_of(word.text);
        const bool is_distance = number && *number >= 0 && *number <= std::numeric_limits<std::int32_t>::max();
        if (!is_distance) findings_.add(word, "This is no distance.", expected);
        weights.push_back(is_distance ? static_cast<std::int32_t>(*number) : 0);
      }
    }
    if (cities && format != nullptr && weights.size() != format->count(*cities)) {
      findings_.add(matrix->keyword.line, matrix->keyword.column,
                    "The EDGE_WEIGHT_SECTION has the wrong number of distances.",
                    number_text(format->count(*cities)) + " for " + number_text(*cities) + " cities as " +
                        std::string(format->name),
                    number_text(weights.size()));
    }
    return weights;
  }

  /// In a file of TYPE : TSP both ways between two cities are equally long.
  void check_symmetry(const std::vector<std::int32_t>& weights, const MatrixFormat& format, std::size_t n) {
    const Setting* type = setting("TYPE");
    const bool is_full = format.upper && format.lower;
    if (!is_full || type == nullptr || type->value.text != "TSP") return;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (weights[i * n + j] == weights[j * n + i]) continue;
        findings_.add(word_at(i * n + j),
                      "The way from city " + number_text(i + 1) + " to city " + number_text(j + 1) +
                          " and the way back have different lengths.",
                      std::to_string(weights[j * n + i]) + ", or TYPE : ATSP");
        return;
      }
    }
  }

  InstanceWord word_at(std::size_t index) const {
    for (const auto& line : sections_.at("EDGE_WEIGHT_SECTION").lines) {
      if (index < line.size()) return line[index];
      index -= line.size();
    }
    return {};
  }

  void fill(const std::vector<CityCoordinates>& coordinates, const WeightType& type, CityDistances& result) {
    const std::size_t n = coordinates.size();
    result.cities = n;
    result.lengths.assign(n * n, 0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) {
        // GEO and ATT do not say 0 for a city and itself; no tour goes there.
        const double length = std::min(type.distance(coordinates[i], coordinates[j]), longest_distance);
        result.lengths[i * n + j] = result.lengths[j * n + i] = static_cast<std::int32_t>(length);
      }
    }
  }

  static void fill(const std::vector<std::int32_t>& weights, const MatrixFormat& format, std::size_t n,
                   CityDistances& result) {
    result.cities = n;
    result.lengths.assign(n * n, 0);
    std::size_t next = 0;
    const bool is_full = format.upper && format.lower;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = format.first(i); j < format.last(i, n); ++j, ++next) {
        result.lengths[i * n + j] = weights[next];
        if (!is_full) result.lengths[j * n + i] = weights[next];
      }
    }
  }

  InstanceFindings findings_;
  double largest_x_ = 1e9;
  double largest_y_ = 1e9;
  std::map<std::string_view, Setting> settings_;
  std::map<std::string_view, Section> sections_;
  std::vector<Section> ignored_;
  std::size_t line_count_ = 0;
  std::size_t refused_cities_ = 0;
};

}  // namespace

std::optional<CityDistances> read_tsplib(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  Diagnostics found;
  auto distances = Reader(text, file, found).distances();
  diagnostics.add(in_document_order(found));
  return distances;
}

}  // namespace skein
