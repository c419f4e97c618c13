"""The pages of the desk; all of them stand behind the sign-in of the admin."""
