// Distances between two cities as TSPLIB defines them.
#pragma once

namespace skein {

struct CityCoordinates {
  double x = 0;
  double y = 0;
};

/// A distance of TSPLIB, a whole number of at most 2^53.
using CityDistance = double (*)(const CityCoordinates& a, const CityCoordinates& b);

/// sqrt(dx^2 + dy^2), rounded to the nearest integer, halves upwards.
[[nodiscard]] double euclidean_distance(const CityCoordinates& a, const CityCoordinates& b);

/// sqrt(dx^2 + dy^2), rounded up.
[[nodiscard]] double ceiling_distance(const CityCoordinates& a, const CityCoordinates& b);

/// r = sqrt((dx^2 + dy^2) / 10), rounded to the nearest integer t; t + 1 where t < r.
[[nodiscard]] double pseudo_euclidean_distance(const CityCoordinates& a, const CityCoordinates& b);

/// The length of the arc on a sphere of radius 6378.388 between points of latitude x and longitude y, which are written
/// as degrees.minutes: trunc(6378.388 acos(((1 + q1) q2 - (1 - q1) q3) / 2) + 1) with q1 = cos(difference of
/// longitudes), q2, q3 = cos(difference, sum of latitudes), pi = 3.141592.
[[nodiscard]] double geographical_distance(const CityCoordinates& a, const CityCoordinates& b);

/// arccos(z) for z in [-1, 1] with + - * / and sqrt alone, so that distances are the same on every machine. Absolute
/// error below 2e-15.
[[nodiscard]] double arc_cosine(double z) noexcept;

}  // namespace skein
