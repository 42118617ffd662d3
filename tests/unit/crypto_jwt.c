#include "crypto/jwt.h"
#include "unit.h"

TEST(jwt_vector, "DEL-3 a token of HS256 as others make it")
{
	assert_string_equal(jwt_sign(&unit_arena, "your-256-bit-secret", "{\"sub\":\"1234567890\",\"name\":\"John Doe\",\"iat\":1516239022}"),
			    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ."
			    "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c");
}
