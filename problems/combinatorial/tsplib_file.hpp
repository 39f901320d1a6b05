// TSPLIB files of the travelling salesman problem.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "skein/diagnostic.hpp"

namespace skein {

/// The lengths of all ways between some cities, which are numbered from 0 in the order of the file.
struct CityDistances {
  std::size_t cities = 0;
  std::vector<std::int32_t> lengths;  ///< from city i to city j at [i * cities + j]

  [[nodiscard]] std::int32_t operator()(std::size_t from, std::size_t to) const noexcept {
    return lengths[from * cities + to];
  }
};

/// Most cities of a file: the table of distances takes 4 bytes for each pair.
inline constexpr std::int64_t most_cities = 10'000;

/// The distances that a file in the format of TSPLIB 95 describes: TYPE TSP or ATSP; EDGE_WEIGHT_TYPE EUC_2D, CEIL_2D,
/// ATT, GEO with a NODE_COORD_SECTION, or EXPLICIT with an EDGE_WEIGHT_SECTION in one of the formats FULL_MATRIX,
/// UPPER_ROW, LOWER_ROW, UPPER_DIAG_ROW, LOWER_DIAG_ROW, and the same with COL. Sections to display and comments are
/// passed over. Distances are rounded as TSPLIB says. Reinelt, TSPLIB - a traveling salesman problem library (1991).
///
/// Reports everything that is wrong as `bad-instance`, with its line: unknown, missing or repeated keywords and
/// sections, words that are no numbers, cities that are repeated, missing or out of range, counts that do not fit.
[[nodiscard]] std::optional<CityDistances> read_tsplib(std::string_view text, const std::string& file,
                                                       Diagnostics& diagnostics);

}  // namespace skein
