#include "view/posting.h"

#include "view/json.h"

VIEW_JSON(posting, POSTING)
VIEW_JSON(booked, BOOKED)
