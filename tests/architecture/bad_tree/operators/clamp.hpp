#pragma once
#include <skein/good.hpp>
