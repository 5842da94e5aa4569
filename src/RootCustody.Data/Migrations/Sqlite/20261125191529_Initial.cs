using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.Sqlite
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    Customer = table.Column<Guid>(type: "TEXT", nullable: false),
                    PasswordGroup = table.Column<Guid>(type: "TEXT", nullable: false),
                    MfaGroup = table.Column<Guid>(type: "TEXT", nullable: false),
                    Management = table.Column<Guid>(type: "TEXT", nullable: true),
                    PasswordGeneration = table.Column<int>(type: "INTEGER", nullable: false),
                    MfaGeneration = table.Column<int>(type: "INTEGER", nullable: false),
                    OwesSince = table.Column<long>(type: "INTEGER", nullable: true),
                    RotateBy = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Entry = table.Column<string>(type: "TEXT", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: true),
                    Previous = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CardPlaces",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Request = table.Column<Guid>(type: "TEXT", nullable: true),
                    Proposal = table.Column<Guid>(type: "TEXT", nullable: true),
                    Purpose = table.Column<int>(type: "INTEGER", nullable: false),
                    Bot = table.Column<int>(type: "INTEGER", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: true),
                    Why = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Realm = table.Column<string>(type: "TEXT", nullable: false),
                    User = table.Column<string>(type: "TEXT", nullable: true),
                    Conversation = table.Column<string>(type: "TEXT", nullable: true),
                    ThreadOfId = table.Column<long>(type: "INTEGER", nullable: true),
                    Withdrawn = table.Column<bool>(type: "INTEGER", nullable: false),
                    PostedConversation = table.Column<string>(type: "TEXT", nullable: true),
                    PostedServiceUrl = table.Column<string>(type: "TEXT", nullable: true),
                    PostedMessage = table.Column<string>(type: "TEXT", nullable: true)
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Expires = table.Column<long>(type: "INTEGER", nullable: false),
                    Change = table.Column<string>(type: "TEXT", nullable: false),
                    Order = table.Column<string>(type: "TEXT", nullable: false),
                    ProposedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    First = table.Column<Guid>(type: "TEXT", nullable: true),
                    Second = table.Column<Guid>(type: "TEXT", nullable: true),
                    RejectedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Why = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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
                    Bot = table.Column<int>(type: "INTEGER", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Realm = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    User = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Conversation = table.Column<string>(type: "TEXT", nullable: false),
                    ServiceUrl = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChatAddresses", x => new { x.Bot, x.Platform, x.Realm, x.User });
                });

            migrationBuilder.CreateTable(
                name: "Customers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Customers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "EnrolmentCodes",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Expires = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EnrolmentCodes", x => x.Person);
                });

            migrationBuilder.CreateTable(
                name: "Exposures",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Half = table.Column<int>(type: "INTEGER", nullable: false),
                    Generation = table.Column<int>(type: "INTEGER", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Request = table.Column<Guid>(type: "TEXT", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    Removal = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Exposures", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Groups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Keeps = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Groups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Invitations",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Expires = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Invitations", x => x.Person);
                });

            migrationBuilder.CreateTable(
                name: "Keepers",
                columns: table => new
                {
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Thing = table.Column<int>(type: "INTEGER", nullable: false),
                    Label = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Keepers", x => new { x.Account, x.Person, x.Thing, x.Label });
                });

            migrationBuilder.CreateTable(
                name: "LinkAttempts",
                columns: table => new
                {
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Realm = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    User = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Proven = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ProvenUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    LockedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    Wrong = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinkAttempts", x => new { x.Platform, x.Realm, x.User });
                });

            migrationBuilder.CreateTable(
                name: "OnCallShifts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Group = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OnCallShifts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "People",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Customer = table.Column<Guid>(type: "TEXT", nullable: true),
                    IsDutyManager = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsAdministrator = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsAuditor = table.Column<bool>(type: "INTEGER", nullable: false),
                    Suspended = table.Column<bool>(type: "INTEGER", nullable: false),
                    FrozenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FreezeWaitsSince = table.Column<long>(type: "INTEGER", nullable: true),
                    AwayUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    ProbingToldAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_People", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PolicyOverrides",
                columns: table => new
                {
                    Scope = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Setting = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PolicyOverrides", x => new { x.Scope, x.Key, x.Setting });
                });

            migrationBuilder.CreateTable(
                name: "Realms",
                columns: table => new
                {
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Customer = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Realms", x => new { x.Platform, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "Refusals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Refusals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Requests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    FirstApprovalAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PendingGeneration = table.Column<int>(type: "INTEGER", nullable: true),
                    PasswordRotated = table.Column<bool>(type: "INTEGER", nullable: false),
                    MfaRotated = table.Column<bool>(type: "INTEGER", nullable: false),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SignedOut = table.Column<bool>(type: "INTEGER", nullable: true),
                    LeftBehind = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    WorkLog = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Edits = table.Column<int>(type: "INTEGER", nullable: false),
                    NeedsContact = table.Column<bool>(type: "INTEGER", nullable: false),
                    ContactApprover = table.Column<Guid>(type: "TEXT", nullable: true),
                    NeedsDuty = table.Column<bool>(type: "INTEGER", nullable: false),
                    DutyApprover = table.Column<Guid>(type: "TEXT", nullable: true),
                    AnswerTime = table.Column<long>(type: "INTEGER", nullable: false),
                    ReminderEvery = table.Column<long>(type: "INTEGER", nullable: false),
                    DutyAfter = table.Column<long>(type: "INTEGER", nullable: false),
                    WidenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DutyAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RemindedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PasswordInHandAt = table.Column<long>(type: "INTEGER", nullable: true),
                    MfaInHandAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ExtendBy = table.Column<long>(type: "INTEGER", nullable: true),
                    PasswordExtender = table.Column<Guid>(type: "TEXT", nullable: true),
                    MfaExtender = table.Column<Guid>(type: "TEXT", nullable: true),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Customer = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Requester = table.Column<Guid>(type: "TEXT", nullable: true),
                    Task = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    Justification = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Ticket = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Start = table.Column<long>(type: "INTEGER", nullable: false),
                    Length = table.Column<long>(type: "INTEGER", nullable: false),
                    AnswerBy = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    PasswordApprover = table.Column<Guid>(type: "TEXT", nullable: true),
                    MfaApprover = table.Column<Guid>(type: "TEXT", nullable: true),
                    Opens = table.Column<long>(type: "INTEGER", nullable: true),
                    Closes = table.Column<long>(type: "INTEGER", nullable: true),
                    StepDueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Half = table.Column<int>(type: "INTEGER", nullable: false),
                    Through = table.Column<int>(type: "INTEGER", nullable: false),
                    AttestedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    AndBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
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
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeenClicks", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "StepUps",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    LastStep = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    LockedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    Wrong = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StepUps", x => x.Person);
                });

            migrationBuilder.CreateTable(
                name: "Outbox",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Bot = table.Column<int>(type: "INTEGER", nullable: false),
                    PlaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    Card = table.Column<string>(type: "TEXT", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Parked = table.Column<bool>(type: "INTEGER", nullable: false),
                    LastCode = table.Column<string>(type: "TEXT", nullable: true)
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
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Proposal = table.Column<Guid>(type: "TEXT", nullable: false)
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
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Customer = table.Column<Guid>(type: "TEXT", nullable: false)
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Realm = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    User = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    UnlinkedAt = table.Column<long>(type: "INTEGER", nullable: false)
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
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Realm = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    User = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    LinkedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CoolsUntil = table.Column<long>(type: "INTEGER", nullable: false)
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
                    Group = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false)
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
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Request = table.Column<Guid>(type: "TEXT", nullable: false),
                    Half = table.Column<int>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
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
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Request = table.Column<Guid>(type: "TEXT", nullable: false)
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
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Request = table.Column<Guid>(type: "TEXT", nullable: false),
                    Half = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false)
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
