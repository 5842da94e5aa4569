using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace RootCustody.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Accounts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Email = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false, collation: "C"),
                    Customer = table.Column<Guid>(type: "uuid", nullable: false),
                    PasswordGroup = table.Column<Guid>(type: "uuid", nullable: false),
                    MfaGroup = table.Column<Guid>(type: "uuid", nullable: false),
                    Management = table.Column<Guid>(type: "uuid", nullable: true),
                    PasswordGeneration = table.Column<int>(type: "integer", nullable: false),
                    MfaGeneration = table.Column<int>(type: "integer", nullable: false),
                    OwesSince = table.Column<long>(type: "bigint", nullable: true),
                    RotateBy = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Accounts", x => x.Id);
                    table.CheckConstraint("CK_Accounts_TwoGroups", "\"PasswordGroup\" <> \"MfaGroup\"");
                });

            migrationBuilder.CreateTable(
                name: "Audit",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Entry = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Sequence = table.Column<long>(type: "bigint", nullable: true),
                    Previous = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CardPlaces",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Request = table.Column<Guid>(type: "uuid", nullable: true),
                    Proposal = table.Column<Guid>(type: "uuid", nullable: true),
                    Purpose = table.Column<int>(type: "integer", nullable: false),
                    Bot = table.Column<int>(type: "integer", nullable: false),
                    Person = table.Column<Guid>(type: "uuid", nullable: true),
                    Why = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true, collation: "C"),
                    Platform = table.Column<int>(type: "integer", nullable: false),
                    Realm = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    User = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Conversation = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ThreadOfId = table.Column<long>(type: "bigint", nullable: true),
                    Withdrawn = table.Column<bool>(type: "boolean", nullable: false),
                    PostedConversation = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    PostedServiceUrl = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    PostedMessage = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CardPlaces", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CardPlaces_CardPlaces_ThreadOfId",
                        column: x => x.ThreadOfId,
                        principalTable: "CardPlaces",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "ChangeProposals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Expires = table.Column<long>(type: "bigint", nullable: false),
                    Change = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Order = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ProposedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    First = table.Column<Guid>(type: "uuid", nullable: true),
                    Second = table.Column<Guid>(type: "uuid", nullable: true),
                    RejectedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Why = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true, collation: "C"),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChangeProposals", x => x.Id);
                    table.CheckConstraint("CK_ChangeProposals_MadeByTwo", "\"State\" <> 3 OR (\"First\" IS NOT NULL AND \"Second\" IS NOT NULL)");
                    table.CheckConstraint("CK_ChangeProposals_TwoPeople", "\"First\" <> \"Second\"");
                });

            migrationBuilder.CreateTable(
                name: "ChatAddresses",
                columns: table => new
                {
                    Bot = table.Column<int>(type: "integer", nullable: false),
                    Platform = table.Column<int>(type: "integer", nullable: false),
                    Realm = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    User = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Conversation = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ServiceUrl = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChatAddresses", x => new { x.Bot, x.Platform, x.Realm, x.User });
                });

            migrationBuilder.CreateTable(
                name: "Customers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Customers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "EnrolmentCodes",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    Expires = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EnrolmentCodes", x => x.Person);
                });

            migrationBuilder.CreateTable(
                name: "Exposures",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Half = table.Column<int>(type: "integer", nullable: false),
                    Generation = table.Column<int>(type: "integer", nullable: false),
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Request = table.Column<Guid>(type: "uuid", nullable: true),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Until = table.Column<long>(type: "bigint", nullable: false),
                    Outcome = table.Column<int>(type: "integer", nullable: false),
                    Removal = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Exposures", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Groups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Keeps = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Groups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Invitations",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    Expires = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Invitations", x => x.Person);
                });

            migrationBuilder.CreateTable(
                name: "Keepers",
                columns: table => new
                {
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Thing = table.Column<int>(type: "integer", nullable: false),
                    Label = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Since = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Keepers", x => new { x.Account, x.Person, x.Thing, x.Label });
                });

            migrationBuilder.CreateTable(
                name: "LinkAttempts",
                columns: table => new
                {
                    Platform = table.Column<int>(type: "integer", nullable: false),
                    Realm = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    User = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Proven = table.Column<byte[]>(type: "bytea", nullable: true),
                    ProvenUntil = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    LockedUntil = table.Column<long>(type: "bigint", nullable: true),
                    NotBefore = table.Column<long>(type: "bigint", nullable: true),
                    Wrong = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinkAttempts", x => new { x.Platform, x.Realm, x.User });
                });

            migrationBuilder.CreateTable(
                name: "OnCallShifts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Group = table.Column<Guid>(type: "uuid", nullable: false),
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    From = table.Column<long>(type: "bigint", nullable: false),
                    Until = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OnCallShifts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "People",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Customer = table.Column<Guid>(type: "uuid", nullable: true),
                    IsDutyManager = table.Column<bool>(type: "boolean", nullable: false),
                    IsAdministrator = table.Column<bool>(type: "boolean", nullable: false),
                    IsAuditor = table.Column<bool>(type: "boolean", nullable: false),
                    Suspended = table.Column<bool>(type: "boolean", nullable: false),
                    FrozenAt = table.Column<long>(type: "bigint", nullable: true),
                    FreezeWaitsSince = table.Column<long>(type: "bigint", nullable: true),
                    AwayUntil = table.Column<long>(type: "bigint", nullable: true),
                    ProbingToldAt = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_People", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PolicyOverrides",
                columns: table => new
                {
                    Scope = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Setting = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    Value = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PolicyOverrides", x => new { x.Scope, x.Key, x.Setting });
                });

            migrationBuilder.CreateTable(
                name: "Realms",
                columns: table => new
                {
                    Platform = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Customer = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Realms", x => new { x.Platform, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "Refusals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    What = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Account = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Refusals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Requests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    FirstApprovalAt = table.Column<long>(type: "bigint", nullable: true),
                    ApprovedAt = table.Column<long>(type: "bigint", nullable: true),
                    PendingGeneration = table.Column<int>(type: "integer", nullable: true),
                    PasswordRotated = table.Column<bool>(type: "boolean", nullable: false),
                    MfaRotated = table.Column<bool>(type: "boolean", nullable: false),
                    AnsweredAt = table.Column<long>(type: "bigint", nullable: true),
                    SignedOut = table.Column<bool>(type: "boolean", nullable: true),
                    LeftBehind = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true, collation: "C"),
                    WorkLog = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true, collation: "C"),
                    Edits = table.Column<int>(type: "integer", nullable: false),
                    NeedsContact = table.Column<bool>(type: "boolean", nullable: false),
                    ContactApprover = table.Column<Guid>(type: "uuid", nullable: true),
                    NeedsDuty = table.Column<bool>(type: "boolean", nullable: false),
                    DutyApprover = table.Column<Guid>(type: "uuid", nullable: true),
                    AnswerTime = table.Column<long>(type: "bigint", nullable: false),
                    ReminderEvery = table.Column<long>(type: "bigint", nullable: false),
                    DutyAfter = table.Column<long>(type: "bigint", nullable: false),
                    WidenAt = table.Column<long>(type: "bigint", nullable: true),
                    DutyAt = table.Column<long>(type: "bigint", nullable: true),
                    RemindedAt = table.Column<long>(type: "bigint", nullable: false),
                    PasswordInHandAt = table.Column<long>(type: "bigint", nullable: true),
                    MfaInHandAt = table.Column<long>(type: "bigint", nullable: true),
                    ExtendBy = table.Column<long>(type: "bigint", nullable: true),
                    PasswordExtender = table.Column<Guid>(type: "uuid", nullable: true),
                    MfaExtender = table.Column<Guid>(type: "uuid", nullable: true),
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Customer = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Requester = table.Column<Guid>(type: "uuid", nullable: true),
                    Task = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    Justification = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false, collation: "C"),
                    Ticket = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true, collation: "C"),
                    AskedAt = table.Column<long>(type: "bigint", nullable: false),
                    Start = table.Column<long>(type: "bigint", nullable: false),
                    Length = table.Column<long>(type: "bigint", nullable: false),
                    AnswerBy = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    PasswordApprover = table.Column<Guid>(type: "uuid", nullable: true),
                    MfaApprover = table.Column<Guid>(type: "uuid", nullable: true),
                    Opens = table.Column<long>(type: "bigint", nullable: true),
                    Closes = table.Column<long>(type: "bigint", nullable: true),
                    StepDueAt = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Requests", x => x.Id);
                    table.CheckConstraint("CK_Requests_OnePartEach", "\"Requester\" <> \"PasswordApprover\" AND \"Requester\" <> \"MfaApprover\" AND \"Requester\" <> \"ContactApprover\" AND \"Requester\" <> \"DutyApprover\" AND \"PasswordApprover\" <> \"MfaApprover\" AND \"PasswordApprover\" <> \"ContactApprover\" AND \"PasswordApprover\" <> \"DutyApprover\" AND \"MfaApprover\" <> \"ContactApprover\" AND \"MfaApprover\" <> \"DutyApprover\" AND \"ContactApprover\" <> \"DutyApprover\"");
                    table.CheckConstraint("CK_Requests_TwoExtenders", "\"PasswordExtender\" <> \"MfaExtender\"");
                });

            migrationBuilder.CreateTable(
                name: "Retirements",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Account = table.Column<Guid>(type: "uuid", nullable: false),
                    Half = table.Column<int>(type: "integer", nullable: false),
                    Through = table.Column<int>(type: "integer", nullable: false),
                    AttestedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    AndBy = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Retirements", x => x.Id);
                    table.CheckConstraint("CK_Retirements_TwoPeople", "\"AttestedBy\" <> \"AndBy\"");
                });

            migrationBuilder.CreateTable(
                name: "SeenClicks",
                columns: table => new
                {
                    Key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeenClicks", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "StepUps",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    LastStep = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    LockedUntil = table.Column<long>(type: "bigint", nullable: true),
                    NotBefore = table.Column<long>(type: "bigint", nullable: true),
                    Wrong = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StepUps", x => x.Person);
                });

            migrationBuilder.CreateTable(
                name: "Outbox",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Bot = table.Column<int>(type: "integer", nullable: false),
                    PlaceId = table.Column<long>(type: "bigint", nullable: false),
                    Card = table.Column<string>(type: "text", nullable: false),
                    DueAt = table.Column<long>(type: "bigint", nullable: false),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    SentAt = table.Column<long>(type: "bigint", nullable: true),
                    Parked = table.Column<bool>(type: "boolean", nullable: false),
                    LastCode = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Outbox_CardPlaces_PlaceId",
                        column: x => x.PlaceId,
                        principalTable: "CardPlaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ConcernedPersons",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Proposal = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConcernedPersons", x => new { x.Proposal, x.Person });
                    table.ForeignKey(
                        name: "FK_ConcernedPersons_ChangeProposals_Proposal",
                        column: x => x.Proposal,
                        principalTable: "ChangeProposals",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Assignments",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Customer = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Assignments", x => new { x.Person, x.Customer });
                    table.ForeignKey(
                        name: "FK_Assignments_People_Person",
                        column: x => x.Person,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "FormerIdentities",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Platform = table.Column<int>(type: "integer", nullable: false),
                    Realm = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    User = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    UnlinkedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FormerIdentities", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FormerIdentities_People_Person",
                        column: x => x.Person,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Identities",
                columns: table => new
                {
                    Platform = table.Column<int>(type: "integer", nullable: false),
                    Realm = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    User = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    LinkedAt = table.Column<long>(type: "bigint", nullable: false),
                    CoolsUntil = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Identities", x => new { x.Platform, x.Realm, x.User });
                    table.ForeignKey(
                        name: "FK_Identities_People_Person",
                        column: x => x.Person,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Memberships",
                columns: table => new
                {
                    Group = table.Column<Guid>(type: "uuid", nullable: false),
                    Person = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Memberships", x => new { x.Group, x.Person });
                    table.ForeignKey(
                        name: "FK_Memberships_Groups_Group",
                        column: x => x.Group,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Memberships_People_Person",
                        column: x => x.Person,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Denials",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Request = table.Column<Guid>(type: "uuid", nullable: false),
                    Half = table.Column<int>(type: "integer", nullable: true),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Denials", x => new { x.Request, x.Person });
                    table.ForeignKey(
                        name: "FK_Denials_Requests_Request",
                        column: x => x.Request,
                        principalTable: "Requests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "NamedDangers",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Request = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NamedDangers", x => new { x.Request, x.Person });
                    table.ForeignKey(
                        name: "FK_NamedDangers_Requests_Request",
                        column: x => x.Request,
                        principalTable: "Requests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "StepBacks",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Request = table.Column<Guid>(type: "uuid", nullable: false),
                    Half = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StepBacks", x => new { x.Request, x.Person, x.At });
                    table.ForeignKey(
                        name: "FK_StepBacks_Requests_Request",
                        column: x => x.Request,
                        principalTable: "Requests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_Customer",
                table: "Accounts",
                column: "Customer");

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_Number",
                table: "Accounts",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_OwesSince",
                table: "Accounts",
                column: "OwesSince");

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_RotateBy",
                table: "Accounts",
                column: "RotateBy");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Sequence",
                table: "Audit",
                column: "Sequence",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CardPlaces_Person",
                table: "CardPlaces",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_CardPlaces_Proposal",
                table: "CardPlaces",
                column: "Proposal");

            migrationBuilder.CreateIndex(
                name: "IX_CardPlaces_Request_Purpose",
                table: "CardPlaces",
                columns: new[] { "Request", "Purpose" });

            migrationBuilder.CreateIndex(
                name: "IX_CardPlaces_ThreadOfId",
                table: "CardPlaces",
                column: "ThreadOfId");

            migrationBuilder.CreateIndex(
                name: "IX_ChangeProposals_State_Expires",
                table: "ChangeProposals",
                columns: new[] { "State", "Expires" });

            migrationBuilder.CreateIndex(
                name: "IX_Customers_Key",
                table: "Customers",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Exposures_Account_Person",
                table: "Exposures",
                columns: new[] { "Account", "Person" });

            migrationBuilder.CreateIndex(
                name: "IX_Exposures_Removal_Until",
                table: "Exposures",
                columns: new[] { "Removal", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_Exposures_Request",
                table: "Exposures",
                column: "Request");

            migrationBuilder.CreateIndex(
                name: "IX_FormerIdentities_Person",
                table: "FormerIdentities",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_FormerIdentities_Platform_Realm_User",
                table: "FormerIdentities",
                columns: new[] { "Platform", "Realm", "User" });

            migrationBuilder.CreateIndex(
                name: "IX_Groups_Key",
                table: "Groups",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Identities_Person",
                table: "Identities",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_Keepers_Person",
                table: "Keepers",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_LinkAttempts_At",
                table: "LinkAttempts",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_Person",
                table: "Memberships",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_OnCallShifts_Group_Until",
                table: "OnCallShifts",
                columns: new[] { "Group", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_PlaceId",
                table: "Outbox",
                column: "PlaceId");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_SentAt_Parked_Bot_DueAt",
                table: "Outbox",
                columns: new[] { "SentAt", "Parked", "Bot", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_People_FreezeWaitsSince",
                table: "People",
                column: "FreezeWaitsSince");

            migrationBuilder.CreateIndex(
                name: "IX_People_Key",
                table: "People",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Refusals_At",
                table: "Refusals",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Refusals_Person_At",
                table: "Refusals",
                columns: new[] { "Person", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Requests_Account_State",
                table: "Requests",
                columns: new[] { "Account", "State" },
                unique: true,
                filter: "\"State\" = 3");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_Customer",
                table: "Requests",
                column: "Customer");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_State_AnswerBy",
                table: "Requests",
                columns: new[] { "State", "AnswerBy" });

            migrationBuilder.CreateIndex(
                name: "IX_Requests_State_Closes",
                table: "Requests",
                columns: new[] { "State", "Closes" });

            migrationBuilder.CreateIndex(
                name: "IX_Requests_StepDueAt",
                table: "Requests",
                column: "StepDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Retirements_Account",
                table: "Retirements",
                column: "Account");

            migrationBuilder.CreateIndex(
                name: "IX_SeenClicks_At",
                table: "SeenClicks",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Accounts");

            migrationBuilder.DropTable(
                name: "Assignments");

            migrationBuilder.DropTable(
                name: "Audit");

            migrationBuilder.DropTable(
                name: "ChatAddresses");

            migrationBuilder.DropTable(
                name: "ConcernedPersons");

            migrationBuilder.DropTable(
                name: "Customers");

            migrationBuilder.DropTable(
                name: "Denials");

            migrationBuilder.DropTable(
                name: "EnrolmentCodes");

            migrationBuilder.DropTable(
                name: "Exposures");

            migrationBuilder.DropTable(
                name: "FormerIdentities");

            migrationBuilder.DropTable(
                name: "Identities");

            migrationBuilder.DropTable(
                name: "Invitations");

            migrationBuilder.DropTable(
                name: "Keepers");

            migrationBuilder.DropTable(
                name: "LinkAttempts");

            migrationBuilder.DropTable(
                name: "Memberships");

            migrationBuilder.DropTable(
                name: "NamedDangers");

            migrationBuilder.DropTable(
                name: "OnCallShifts");

            migrationBuilder.DropTable(
                name: "Outbox");

            migrationBuilder.DropTable(
                name: "PolicyOverrides");

            migrationBuilder.DropTable(
                name: "Realms");

            migrationBuilder.DropTable(
                name: "Refusals");

            migrationBuilder.DropTable(
                name: "Retirements");

            migrationBuilder.DropTable(
                name: "SeenClicks");

            migrationBuilder.DropTable(
                name: "StepBacks");

            migrationBuilder.DropTable(
                name: "StepUps");

            migrationBuilder.DropTable(
                name: "ChangeProposals");

            migrationBuilder.DropTable(
                name: "Groups");

            migrationBuilder.DropTable(
                name: "People");

            migrationBuilder.DropTable(
                name: "CardPlaces");

            migrationBuilder.DropTable(
                name: "Requests");
        }
    }
}
