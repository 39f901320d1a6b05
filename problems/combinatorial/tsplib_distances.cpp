#include "problems/combinatorial/tsplib_distances.hpp"

#include <algorithm>
#include <cmath>

#include "skein/math.hpp"

namespace skein {
namespace {

double square_of_length(const CityCoordinates& a, const CityCoordinates& b) {
  const double dx = a.x - b.x;
  const double dy = a.y - b.y;
  return dx * dx + dy * dy;
}

double nearest(double length) { return std::floor(length + 0.5); }

/// From degrees.minutes. TSPLIB's text rounds the degrees to the nearest integer, its published optima truncate them.
double radians(double angle) {
  const double degrees = std::trunc(angle);
  const double minutes = angle - degrees;
  return 3.141592 * (degrees + 5.0 * minutes / 3.0) / 180.0;
}

/// arctan(x) for x >= 0: four times arctan(x) = 2 arctan(x / (1 + sqrt(1 + x^2))), then the series of Gregory.
double arc_tangent(double x) noexcept {
  for (int i = 0; i < 4; ++i) x = x / (1.0 + std::sqrt(1.0 + x * x));
  const double square = x * x;
  double sum = 0.0;
  for (int i = 21; i > 0; i -= 2) sum = 1.0 / i - square * sum;
  return 16.0 * (x * sum);
}

}  // namespace

double arc_cosine(double z) noexcept {
  constexpr double half_turn = 3.14159265358979323846;
  if (z <= -1.0) return half_turn;
  return 2.0 * arc_tangent(std::sqrt(std::max(0.0, 1.0 - z) / (1.0 + z)));
}

double euclidean_distance(const CityCoordinates& a, const CityCoordinates& b) {
  return nearest(std::sqrt(square_of_length(a, b)));
}

double ceiling_distance(const CityCoordinates& a, const CityCoordinates& b) {
  return std::ceil(std::sqrt(square_of_length(a, b)));
}

double pseudo_euclidean_distance(const CityCoordinates& a, const CityCoordinates& b) {
  const double length = std::sqrt(square_of_length(a, b) / 10.0);
  const double rounded = nearest(length);
  return rounded < length ? rounded + 1.0 : rounded;
}

double geographical_distance(const CityCoordinates& a, const CityCoordinates& b) {
  const double latitude_a = radians(a.x);
  const double latitude_b = radians(b.x);
  const double q1 = math::cos(radians(a.y) - radians(b.y));
  const double q2 = math::cos(latitude_a - latitude_b);
  const double q3 = math::cos(latitude_a + latitude_b);
  return std::trunc(6378.388 * arc_cosine(0.5 * ((1.0 + q1) * q2 - (1.0 - q1) * q3)) + 1.0);
}

}  // namespace skein
