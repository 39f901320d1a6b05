#pragma once

#include "documents/text_file.hpp"
#include "skein/json.hpp"
